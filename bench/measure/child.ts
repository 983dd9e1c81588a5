/** Runs one measurement in a process of its own, so that its memory is its own. Bundled by bundle.ts, since it holds the engine. */
import { interact, openWhole } from './engine.ts';
import { countNewlines, parseLines } from './plain.ts';

const [measurement = '', file = '', threads = '1', scanThread = ''] = process.argv.slice(2);

async function measure(): Promise<Record<string, number>> {
  switch (measurement) {
    case 'index':
      return await openWhole(file, Number(threads), scanThread);
    case 'interact':
      return await interact(file, Number(threads), scanThread);
    case 'parse':
      return parseLines(file);
    case 'newlines':
      return countNewlines(file);
    default:
      throw new Error(`There is no measurement "${measurement}".`);
  }
}

const result = await measure();
process.stdout.write(JSON.stringify({ ...result, peakBytes: process.resourceUsage().maxRSS * 1024 }));
