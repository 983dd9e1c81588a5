import type { Settings } from '../../settings.ts';
import { lengthFor } from '../../length.ts';
import type { Facts, OutputColumn, Target, WrittenFiles } from '../../types.ts';
import { Shape, Trait } from '../../types.ts';
import type { FileFormat } from '../../writers/format.ts';
import { jsonLines } from '../../writers/jsonl.ts';
import { parquet } from '../../writers/parquet.ts';
import { hasImages } from '../images.ts';

export function trlFormat(settings: Settings): FileFormat {
  return settings.choice('format', ['parquet', 'jsonl']) === 'parquet' ? parquet : jsonLines;
}

/** Columns of lists of JSON values, then tools and images where any row has some, then what else there is. */
export function trlColumns(lists: readonly string[], settings: Settings, seen: number, more: readonly OutputColumn[] = []): OutputColumn[] {
  return [
    ...lists.map((name): OutputColumn => ({ name, kind: 'json-list' })),
    ...((seen & Shape.tools) > 0 ? [{ name: 'tools', kind: 'json-list' } as const] : []),
    ...(hasImages(seen) ? [{ name: 'images', kind: 'json-list' } as const] : []),
    ...more,
    ...(settings.flag('meta') ? [{ name: 'gym_meta', kind: 'text' } as const] : []),
  ];
}

/**
 * Configuration of `trl METHOD`. Its loaders take either a list of files, all of them for training, or a folder whose data card
 * names the splits (trl/scripts/utils.py, get_dataset): the folder form is the one that knows validation.
 */
export function trlConfig(method: string, { folder, train, validation }: WrittenFiles, lines: readonly string[]): string {
  const loader = train.endsWith('.parquet') ? 'parquet' : 'json';
  const data =
    validation === undefined
      ? ['datasets:', `  - {path: ${loader}, data_files: ${JSON.stringify(train)}, split: train}`]
      : [`dataset_name: ${JSON.stringify(folder)}`, 'dataset_train_split: train', 'dataset_test_split: validation', 'eval_strategy: epoch'];
  return [`# trl ${method} --config ${method}.yaml --model_name_or_path MODEL --output_dir OUT`, ...data, ...lines, ''].join('\n');
}

/** `whatHappens` to longer rows. An image is many tokens: nothing tells how long a row with some is. */
export function maxLength(settings: Settings, { longest, seen }: Pick<Facts, 'longest' | 'seen'>, whatHappens: string): string[] {
  if (hasImages(seen)) return [...visionLines, 'max_length: null'];
  return [
    `# No row is longer: it has no more bytes. Of those that are longer than this, TRL ${whatHappens} without a word; its default is 1024.`,
    `max_length: ${lengthFor(settings, longest)}`,
  ];
}

export const visionLines = ['# Run it in this folder: images are named as they lie here. An image is many tokens, and may not be cut.'];

export const visionWarning: ReturnType<NonNullable<Target['warnings']>>[number] = {
  id: 'trainer/images-without-tools',
  title: 'Rows with images: of such a file TRL passes no tools to the template',
  bit: Trait.images,
};

/** For targets with the option `images`. */
export const visionNote =
  'With images=files rows name images as they lie in the folder of the export: run the command there, with a vision model; with images=inline they hold them. Of a file with images TRL passes no tools to the chat template.';

/** What a data card says of the column `images`, where there is one. */
export function imagesColumn(seen: number): string {
  return hasImages(seen) ? ', `images`' : '';
}
