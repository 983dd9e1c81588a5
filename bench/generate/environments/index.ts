import { codeRepair } from './code-repair.ts';
import type { CreateEnvironment } from './environment.ts';
import { harbourTrade } from './harbour-trade.ts';
import { quiz } from './quiz.ts';
import { stockroom } from './stockroom.ts';
import { wordProblems } from './word-problems.ts';

export type { Environment, Outcome, Task } from './environment.ts';
export const environments: readonly CreateEnvironment[] = [wordProblems, stockroom, harbourTrade, codeRepair, quiz];
