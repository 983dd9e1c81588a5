import path from 'node:path';
import type { WrittenFiles } from '../types.ts';

/**
 * `README.md` that makes the folder a data set for `datasets.load_dataset(FOLDER)`: without it the loader would take the JSON files
 * beside the data for data.
 */
export function dataCard({ train, validation, test }: WrittenFiles, about: string, more = ''): Readonly<Record<string, string>> {
  const splits = Object.entries({ train, validation, test }).flatMap(([split, file]) =>
    file === undefined ? [] : [`  - split: ${split}`, `    path: ${path.basename(file)}`],
  );
  return {
    'README.md': [
      '---',
      'configs:',
      '- config_name: default',
      '  data_files:',
      ...splits,
      '---',
      '',
      about,
      '',
      ...(more === '' ? [] : [more, '']),
      '`report.md` says what was left out and why; `recipe.json` makes the same files again.',
      '',
    ].join('\n'),
  };
}

export const dataCardFile = { name: 'README.md', about: 'Data card: datasets.load_dataset reads the folder with its splits.' } as const;
