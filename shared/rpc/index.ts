export type { Bridge } from '../contract/bridge.ts';
export { bridgeTransport } from './bridge.ts';
export { createClient, type CallOptions, type Client } from './client.ts';
export { memoryTransports } from './memory.ts';
export { clientMessage, failure, idOf, type ClientMessage, type ServerMessage } from './messages.ts';
export { createServer, type HandlerContext, type Handlers } from './server.ts';
export { socketTransport, type SocketLike } from './socket.ts';
export { transportOver, type Transport, type TransportEnd } from './transport.ts';
