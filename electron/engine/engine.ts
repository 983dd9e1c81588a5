import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { Dataset, Engine, EngineOptions } from './api.ts';
import { templateFile, tokenizerFile } from './chat-files.ts';
import { openDataset } from './dataset.ts';
import { targets } from './export/index.ts';
import { createScanner } from './scan/index.ts';

/** Starts an engine. It reads nothing until a dataset is opened; `close` ends its threads and closes its files. */
export function createEngine(options: EngineOptions): Engine {
  // Compiles the kernel while nothing else is to be done, not while someone waits for first rows.
  setImmediate(() => createScanner('all'));
  const open = new Map<string, { key: string; dataset: Dataset }>();

  function dataset(id: string): Dataset {
    const found = open.get(id);
    if (!found) throw new AppError('not-found', 'This dataset is not open any more. Open the file again.');
    return found.dataset;
  }

  return {
    async open(files, { follow = options.follow ?? false, input, hashes } = {}) {
      if (files.length === 0) throw new AppError('bad-input', 'No file was named.');
      const key = [...files, follow].join('\n');
      for (const entry of open.values()) if (entry.key === key && !input && entry.dataset.isCurrent()) return entry.dataset;
      const id = randomBytes(8).toString('hex');
      const opened = await openDataset({ id, files, options: { ...options, follow, input, hashes }, onClose: () => open.delete(id) });
      open.set(id, { key, dataset: opened });
      return opened;
    },
    dataset,
    targets: () => targets.map((target) => target.info),
    chatFile: async (kind, file) => (kind === 'template' ? templateFile(file) : tokenizerFile(file)).file,
    async close() {
      await Promise.all([...open.values()].map((entry) => entry.dataset.close()));
    },
  };
}
