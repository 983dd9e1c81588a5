/**
 * The engine: opens files of rollouts, answers queries while it reads them, exports what a query keeps. Pure Node.
 *
 * One word per thing; in brackets the synonyms we avoid:
 * - **line**: a non-blank line of a file, numbered with the blank ones from 1. A line that is no JSON object is *invalid*.
 * - **row**: a line's number over all files of a dataset, from 0, blank lines left out (index, record, id).
 * - **rollout**: a valid row: one attempt at a task (sample, trajectory, episode).
 * - **dataset**: one or several files opened together; each file is a *shard* (table, source).
 * - **column**: one scalar field of the rollouts, or a value derived from them (feature, attribute). A **metric** is a number or boolean column.
 * - **task**: what was attempted; its rollouts are its **group** (problem, prompt, instance). **Siblings** are rollouts of one task.
 * - **condition**: one expression over columns; a **filter** is a list of them (predicate, where).
 * - **draft**: a condition that is only looked at, not applied (preview, pending).
 * - **conversation**: the messages of a rollout in chat form (transcript, dialogue). A **turn** is one assistant message of it.
 * - **target**: framework and method of an export; a **recipe** says everything that decides its bytes (config, preset).
 */
export { createEngine } from './engine.ts';
export { completeRecipe, parseOptions } from './export/index.ts';
export { expandPaths } from './source/index.ts';
export { inParts } from './rollout-parts.ts';
export { requireRule } from './validate/index.ts';
export type { ChatPaths, Dataset, Engine, EngineOptions, JobOptions, PrepareRequest } from './api.ts';
export type { ProfileReading } from './metrics/profile.ts';
