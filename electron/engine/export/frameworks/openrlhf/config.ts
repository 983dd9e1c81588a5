import path from 'node:path';
import type { WrittenFiles } from '../../types.ts';
import { trainScript } from '../train-script.ts';

/** `train.sh` for one of OpenRLHF's trainers, with flags as of 0.10.2 (dotted). */
export function openRlhfScript(module: string, { train, validation }: WrittenFiles, flags: readonly string[]): string {
  return trainScript(
    [],
    [
      `deepspeed --module openrlhf.cli.${module}`,
      '--model.model_name_or_path "$model"',
      '--ckpt.output_dir "$out"',
      `--data.dataset ${path.basename(train)}`,
      ...(validation === undefined ? [] : [`--eval.dataset ${path.basename(validation)}`]),
      ...flags,
    ],
  );
}
