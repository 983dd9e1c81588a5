/** Between a page's preload script and the main process. The preload script, which is one file by itself, repeats these. */
export const channels = {
  /** page → main: a page has loaded and begins a new connection. */
  connect: 'rollscope:connect',
  /** Both ways: one message of rpc. */
  message: 'rollscope:message',
  /** main → page: the connection is over; with the reason. */
  closed: 'rollscope:closed',
  /** page → main: paths of files that the user dropped on the window. */
  drop: 'rollscope:drop',
  /** main → page: something was granted that the user wants to see opened. */
  grant: 'rollscope:grant',
} as const;
