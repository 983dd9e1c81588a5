import path from 'node:path';
import { mustEqual, seconds, type Suite } from '../suite.ts';
import { atMost } from '../table.ts';

/** Wanted for a million rows, and for files of fewer. */
const mostMs = 300;

/** Opening a file whose index is saved. */
export const again: Suite = {
  name: 'again',
  about: 'open an unchanged file whose index is saved',
  run({ bytes, threads, scanThread, race, file, folder }) {
    const rows = Math.min(1_000_000, Math.floor((bytes * 0.7) / 130));
    return [file('tiny', { rows }), file('real')].flatMap((made, i) => {
      const words = [made.path, String(threads), scanThread];
      const found = race({ again: ['again', ...words, path.join(folder, `saved${i}`)], anew: ['index', ...words] });
      mustEqual('rows opened again', found.again['rows'], found.anew['rows']);
      const what = `${Math.round(made.bytes / 1e6)} MB of ${(found.again['rows'] ?? 0).toLocaleString('en-US')} rows`;
      const note = `read anew: ${Math.round(seconds(found.anew) * 1000)} ms; saved: ${((found.again['savedBytes'] ?? 0) / 1e6).toFixed(1)} MB`;
      return [{ ...atMost(`${what}: open again`, seconds(found.again) * 1000, 'ms', mostMs), note }];
    });
  },
};
