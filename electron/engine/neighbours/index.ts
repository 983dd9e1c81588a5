export { type MainFile, Neighbours } from './neighbours.ts';
