import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '..');
export const cli = path.join(projectRoot, '.vite/build/cli.cjs');
export const sample = path.join(projectRoot, 'bench/sample/sample.jsonl');

/** Real rollouts beside the project; not everyone has them. */
const reference = path.resolve(projectRoot, '../shared/rollouts');
export const hasReferenceFiles = existsSync(reference);
export const referenceFile = (server: string): string => path.join(reference, server, 'example_rollouts.jsonl');

/** The rollouts of every server. */
export const referenceFiles = (): string[] => readdirSync(reference).map(referenceFile).filter(existsSync);
