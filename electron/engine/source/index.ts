export { expandPaths } from './expand-paths.ts';
export { onlyBlankLines } from './first-look.ts';
export { endOfLines } from './line-end.ts';
export { openSourceFile, type Source } from './source.ts';
export { checkIncoming, openSource, openSources } from './spooled.ts';
