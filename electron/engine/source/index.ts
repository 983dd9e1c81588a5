export { expandPaths } from './expand-paths.ts';
export { onlyBlankLines } from './first-look.ts';
export { openSourceFile as openSource, type Source } from './source.ts';
