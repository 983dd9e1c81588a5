export { needHashes, needLines, ProblemFinder, requireRule, ruleCount, rules, scannedRules } from './finder.ts';
export { describeInvalidLine, pageInvalidLines } from './invalid-lines.ts';
export { listProblems, type ProblemOptions } from './problems.ts';
