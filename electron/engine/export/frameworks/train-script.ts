/**
 * `train.sh MODEL OUT`: the command in full, run beside the data, so that paths are plain names (some loaders cut paths at `,` and
 * `@`). MODEL and OUT may be paths from where one is; `words` are the command and its arguments, in which `"$model"` and `"$out"` stand for them.
 */
export function trainScript(before: readonly string[], words: readonly string[]): string {
  return [
    '#!/bin/sh',
    '# sh train.sh MODEL OUT',
    'set -e',
    'if [ -e "$1" ]; then model=$(cd "$(dirname "$1")" && pwd)/$(basename "$1"); else model=$1; fi',
    'mkdir -p "$2"',
    'out=$(cd "$2" && pwd)',
    'cd "$(dirname "$0")"',
    ...before,
    `exec ${words.join(' \\\n  ')}`,
    '',
  ].join('\n');
}
