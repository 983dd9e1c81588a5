import { withApp } from '../page/app-page.ts';
import { frameLine } from '../page/figures.ts';
import { freshFolder, listOf, whenIndexed } from '../page/on-files.ts';
import type { Bench, Suite } from '../suite.ts';
import { atMost, type Line } from '../table.ts';

/** Frames, and what jumps, while a file of real rows is opened and read. */
export const opening: Suite = {
  name: 'opening',
  about: 'from the address to the first rows and to the last one: frames, and what jumps meanwhile',
  run: (bench) => open(bench),
};

/** From the address to the first rows, and to the end; what jumps meanwhile. */
async function open(bench: Bench): Promise<Line[]> {
  const real = bench.file('real');
  return withApp([real.path], freshFolder(bench), async ({ page: of, goTo }) => {
    const started = performance.now();
    await of.addInitScript(() => addEventListener('DOMContentLoaded', () => window.benchRecorder.start()));
    await goTo();
    await listOf(of).getByRole('row').nth(3).waitFor();
    const first = performance.now() - started;
    await whenIndexed(of);
    const whole = performance.now() - started;
    await of.waitForTimeout(1000);
    const seen = await of.evaluate(() => window.benchRecorder.stop());
    const size = `${Math.round(real.bytes / 1e6)} MB`;
    return [
      atMost(`${size}: address to first rows`, first, 'ms', 1500),
      atMost(`${size}: address to all read`, whole, 'ms'),
      frameLine(`${size}: while it is read`, seen),
      { ...atMost(`${size}: layout shift while it is read`, seen.shift, '', 0.01) },
    ];
  });
}
