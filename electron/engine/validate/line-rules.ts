import type { Rule } from './rule.ts';

/** Rules about whole lines: a line that breaks one is no rollout. Worst first, as they are shown. */
export const lineRules: readonly Rule[] = [
  {
    id: 'json/invalid',
    severity: 'error',
    title: 'Line is not JSON',
    meaning: 'The line breaks the grammar of JSON at the place shown, so that no reader can take a rollout from it.',
    remedy: 'Look at the bytes around the place. Two lines written over each other come from several writers on one file: collect again.',
  },
  {
    id: 'json/invalid-utf8',
    severity: 'error',
    title: 'Bytes are not UTF-8',
    meaning: 'The line holds bytes that are no UTF-8 text. Strict readers refuse the whole file.',
    remedy: 'Write the file as UTF-8 at its source. To see the bytes: open the line, its place is marked.',
  },
  {
    id: 'json/nan',
    severity: 'error',
    title: 'NaN or Infinity',
    meaning: "Python's json.dumps writes NaN, Infinity and -Infinity, which are not JSON: most readers refuse the line.",
    remedy: 'Write null in their place: json.dumps(..., allow_nan=False) finds where they come from; orjson writes null.',
  },
  {
    id: 'json/beyond-limit',
    severity: 'error',
    title: 'Line beyond what is read',
    meaning:
      'The line nests values 65,534 levels deep, or has a number of more than 60,000 bytes. It may be right JSON, but it was read no further, and hardly any reader would.',
    remedy: 'Look at the bytes around the place: lists in lists without end, or digits without end, are mostly a mistake of their writer.',
  },
  {
    id: 'json/cut',
    severity: 'error',
    title: 'File ends inside a line',
    meaning: 'The last line has no end: its writer was stopped, or is still writing.',
    remedy: 'Wait until the run has ended, or resume it. The rollout in that line is lost unless it is collected again.',
  },
  {
    id: 'json/not-object',
    severity: 'error',
    title: 'Line is no JSON object',
    meaning: 'The line is valid JSON, but a rollout is an object with a response and a reward.',
    remedy: 'A file that is one large list is not JSON Lines: jq -c ".[]" file.json > file.jsonl',
  },
  {
    id: 'json/placeholder',
    severity: 'warning',
    title: 'Placeholder line',
    meaning: 'The line holds a placeholder text in place of a rollout, as example files of some environments do.',
    remedy: 'Nothing to mend: it stands for data that was not published. Exports leave it out.',
  },
];
