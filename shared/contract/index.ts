export { contract } from './engine.ts';
export { shellContract } from './shell.ts';
export { hostContract } from './host.ts';
export type { Contract, Input, Method, MethodSpec, Output, Progress } from './method.ts';
