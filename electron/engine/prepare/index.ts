export { needsOf, type Needs } from './needs.ts';
export { Preparation } from './preparation.ts';
