import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { RateMeter } from './rate-meter.ts';
import { sliceMs, Turns } from './turns.ts';
import { inSlices } from './index.ts';

/** A machine whose clock moves a millisecond a look, and on which a turn comes when the test says so. */
function fakeMachine() {
  let ms = 0;
  const due: (() => void)[] = [];
  return {
    now: () => ms++,
    later: (run: () => void) => due.push(run),
    /** Gives one turn, and lets what it woke run. */
    async turn(): Promise<boolean> {
      const run = due.shift();
      run?.();
      await new Promise((resolve) => setImmediate(resolve));
      return run !== undefined;
    },
  };
}

function* endless(onStep: () => void): Generator<void, void> {
  while (true) {
    onStep();
    yield;
  }
}

function* steps(count: number): Generator<void, string> {
  for (let i = 0; i < count; i++) yield;
  return 'done';
}

test('a job is done in slices of 8 ms, one a turn', async () => {
  const machine = fakeMachine();
  const turns = new Turns(machine);
  let taken = 0;
  void turns.run(
    endless(() => taken++),
    () => false,
    {},
  );
  expect(taken).toBe(0);
  for (let turn = 1; turn <= 5; turn++) {
    await machine.turn();
    expect(taken).toBe(turn * sliceMs);
  }
});

test('fifty jobs of one client take every second turn from another, no more', async () => {
  const machine = fakeMachine();
  const turns = new Turns(machine);
  const greedy = {};
  const counts = Array.from({ length: 50 }, () => 0);
  counts.forEach(
    (_, i) =>
      void turns.run(
        endless(() => (counts[i] = (counts[i] ?? 0) + 1)),
        () => false,
        greedy,
      ),
  );
  let result: string | undefined;
  void turns.run(steps(sliceMs * 10), () => false, {}).then((value) => (result = value));
  for (let turn = 0; turn < 22; turn++) await machine.turn();
  expect(result).toBe('done');
  // Alone again, its own jobs have the same share each.
  for (let turn = 0; turn < 500; turn++) await machine.turn();
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(sliceMs);
});

test('only one turn is ever due, and none when nobody waits', async () => {
  const machine = fakeMachine();
  const turns = new Turns(machine);
  for (let i = 0; i < 20; i++) void turns.run(steps(1), () => false, {});
  let given = 0;
  while (await machine.turn()) given++;
  expect(given).toBe(20);
});

test('a job that is stopped does not go on, however long its slice would be', async () => {
  const machine = fakeMachine();
  const turns = new Turns(machine);
  let taken = 0;
  let isStopped = false;
  const stopped = turns.run(
    endless(() => taken++),
    () => isStopped,
    {},
  );
  await machine.turn();
  isStopped = true;
  await machine.turn();
  expect(await stopped).toBeUndefined();
  expect(taken).toBe(sliceMs);
});

test('a failure of a job is that of its promise, and the others go on', async () => {
  const machine = fakeMachine();
  const turns = new Turns(machine);
  function* failing(): Generator<void, void> {
    yield;
    throw new RangeError('no');
  }
  const failed = turns.run(failing(), () => false, {}).catch((error: unknown) => String(error));
  const other = turns.run(steps(30), () => false, {});
  while (await machine.turn());
  expect(await failed).toBe('RangeError: no');
  expect(await other).toBe('done');
});

test('requests are answered before the next slice, however many jobs there are', async () => {
  const { port1, port2 } = new MessageChannel();
  let slices = 0;
  let asked = 0;
  const waited: number[] = [];
  let isOver = false;
  function* busy(): Generator<void, void> {
    while (!isOver) {
      slices++;
      const until = performance.now() + sliceMs;
      while (performance.now() < until);
      yield;
    }
  }
  port1.on('message', () => {
    waited.push(slices - asked);
    if (waited.length === 20) isOver = true;
    // Comes back while slices run.
    else setTimeout(ask, 5);
  });
  const ask = (): void => {
    asked = slices;
    port2.postMessage('');
  };
  const jobs = Array.from({ length: 30 }, () => inSlices(busy(), () => isOver, {}));
  ask();
  await Promise.all(jobs);
  port1.close();
  expect(waited).toHaveLength(20);
  // A message that comes in while a slice runs waits for its end; some wake-ups of the loop take one more.
  expect(waited.filter((turns) => turns > 2)).toEqual([]);
});

test('rate and time left are those of the last seconds', () => {
  let ms = 0;
  const meter = new RateMeter(() => ms);
  expect(meter.at(0, 1000)).toEqual({ bytesDone: 0, bytesTotal: 1000, bytesPerSecond: 0 });
  ms = 400;
  expect(meter.at(40, 1000)).toEqual({ bytesDone: 40, bytesTotal: 1000, bytesPerSecond: 100 });
  ms = 1000;
  expect(meter.at(100, 1000)).toEqual({ bytesDone: 100, bytesTotal: 1000, bytesPerSecond: 100, secondsLeft: 9 });
  // Ten times as fast from here on: after a while nothing else counts.
  let done = 100;
  for (let i = 0; i < 60; i++, ms += 100) meter.at((done += 100), 10_000);
  expect(meter.at(done, 10_000).bytesPerSecond).toBeGreaterThan(950);
  expect(meter.at(done, 10_000).bytesPerSecond).toBeLessThanOrEqual(1000);
  expect(meter.at(done, 10_000).secondsLeft).toBeCloseTo(3.9, 0);
  for (let i = 0; i < 60; i++, ms += 100) meter.at(done, 10_000);
  expect(meter.at(done, 10_000)).toEqual({ bytesDone: 6100, bytesTotal: 10_000, bytesPerSecond: 0 });
});
