export { needHashes, needLines, ProblemFinder, requireRule, ruleCount, rules } from './finder.ts';
export { describeInvalidLine, pageInvalidLines } from './invalid-lines.ts';
export { listProblems, type ProblemOptions } from './problems.ts';
