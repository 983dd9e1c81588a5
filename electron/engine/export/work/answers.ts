import { AppError } from '#shared/errors.ts';
import { JsonDepthError, writeJson } from '#shared/model/json.ts';
import { inOrder } from '../../threads/in-order.ts';
import type { PoolJob, ThreadPool } from '../../threads/thread-pool.ts';
import { outputFields } from '../output-fields.ts';
import type { Pace } from '../pace.ts';
import type { RolloutAccess } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import { accessTo } from '../source-access.ts';
import type { ExportSource, Target } from '../types.ts';
import type { Spool } from '../spool.ts';
import { askSteps } from './ask-steps.ts';
import type { ExportThreads } from './export-threads.ts';
import type { Answer, Ask, Needed, SentLines, WorkAnswer, WorkRequest } from './messages.ts';
import type { SpareBuffers } from './spare-buffers.ts';

/** One piece of work, and the rows that it reads. */
export interface Asked {
  readonly rows: Uint32Array;
  readonly ask: Ask;
}

export interface Mapper {
  readonly source: ExportSource;
  readonly target: Target;
  readonly settings: Settings;
  readonly pace: Pace;
  /** Where planning puts what it has mapped, and writing finds it. */
  readonly spool?: Spool | undefined;
}

/**
 * Does the work, on threads where it is worth it (`bytes` of lines), and gives the answers in order: the same ones, whatever does
 * it. `buffers`: memory for answers, given back by whoever has used them. Fails with `changed`, `unreadable` and `cancelled`.
 */
export async function* answers<Q extends Asked>(
  mapper: Mapper,
  asked: Iterable<Q>,
  bytes: number,
  buffers?: SpareBuffers,
): AsyncGenerator<[Q, Answer], void> {
  const { source, target, settings, pace } = mapper;
  const { threads } = source;
  const pool = threads?.poolFor(bytes);
  if (threads && pool) {
    const sender = new Sender(mapper, threads, buffers);
    yield* onThreads(pool, pace, asked, (question, job) => sender.answer(question, job));
    threads.verify();
    return;
  }
  const access = accessTo(source);
  for (const question of asked)
    yield [
      question,
      await pace.inTurns(askSteps(access, target, settings, question.rows, question.ask, { into: memoryFor(question, buffers) })),
    ];
}

/** Asks threads, a few questions ahead. They end soon when the job is stopped. */
export async function* onThreads<Q, A>(
  pool: ThreadPool<WorkRequest, WorkAnswer>,
  pace: Pace,
  asked: Iterable<Q>,
  answer: (question: Q, job: PoolJob<WorkRequest, WorkAnswer>) => Promise<A | undefined>,
): AsyncGenerator<[Q, A], void> {
  const job = pool.job();
  const stop = (): void => job.stop();
  pace.signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const [question, answered] of inOrder(asked, (each) => answer(each, job), pool.capacity)) {
      pace.stopIfAborted();
      if (answered === undefined) throw new AppError('cancelled', 'The export was stopped.');
      yield [question, answered];
    }
  } finally {
    pace.signal?.removeEventListener('abort', stop);
    job.stop();
  }
}

function memoryFor({ ask }: Asked, buffers: SpareBuffers | undefined): ArrayBuffer | undefined {
  return ask.kind === 'block' ? buffers?.take() : undefined;
}

let jobs = 0;

/** Sends rows to threads, with what targets turn out to need beside their lines. */
class Sender {
  private readonly job = jobs++;
  private readonly columns = new Set<string>();
  private outputFields: readonly string[] | undefined;
  private needsPlanned = false;

  constructor(
    private readonly mapper: Mapper,
    private readonly threads: ExportThreads,
    private readonly buffers: SpareBuffers | undefined,
  ) {}

  async answer(question: Asked, job: PoolJob<WorkRequest, WorkAnswer>): Promise<Answer | undefined> {
    for (;;) {
      const into = memoryFor(question, this.buffers);
      const answer = await job.run(this.request(question, into), into && [into]);
      if (answer?.kind === 'copied') throw new TypeError('nothing was copied');
      if (answer?.kind !== 'needs') return answer;
      this.add(answer.needed);
    }
  }

  private add(needed: Needed): void {
    if (needed === 'output-fields') this.outputFields ??= [...outputFields(this.mapper.source)];
    else if (needed === 'planned') this.needsPlanned = true;
    else this.columns.add(needed.cell);
  }

  private request({ rows, ask }: Asked, into: ArrayBuffer | undefined): WorkRequest {
    const { source, target, settings, spool } = this.mapper;
    const spooled = ask.kind === 'block' ? spool : undefined;
    const access = accessTo(source);
    const cellsOf = (column: string): (string | undefined)[] =>
      Array.from(rows, (row) => {
        const value = access.cell(row, column);
        return value === undefined ? undefined : writeJson(value);
      });
    return {
      kind: 'rows',
      job: this.job,
      task: { target: target.info.target, values: settings.values, off: [...settings.off], counter: settings.counter?.files },
      lines: spooled ? spooledLines(rows, spooled) : this.lines(rows),
      isSpooled: spooled !== undefined,
      facts: {
        cells: Object.fromEntries([...this.columns].map((column) => [column, cellsOf(column)])),
        outputFields: this.outputFields,
        planned: this.needsPlanned ? Array.from(rows, (row) => plannedText(access, row)) : undefined,
      },
      ask,
      into,
    };
  }

  private lines(rows: Uint32Array): SentLines {
    const places = Array.from(rows, (row) => this.mapper.source.index.place(row));
    const files = [...new Set(places.map(({ file }) => file))];
    return {
      rows,
      starts: Float64Array.from(places, ({ start }) => start),
      ends: Float64Array.from(places, ({ end }) => end),
      numbers: Uint32Array.from(places, ({ line }) => line),
      file: Uint16Array.from(places, ({ file }) => files.indexOf(file)),
      files: files.map((file) => this.threads.file(file)),
    };
  }
}

function plannedText(access: RolloutAccess, row: number): string | undefined | null {
  try {
    const planned = access.planned(row);
    return planned && writeJson(planned);
  } catch (error) {
    if (error instanceof JsonDepthError) return null;
    throw error;
  }
}

function spooledLines(rows: Uint32Array, spool: Spool): SentLines {
  const places = Array.from(rows, (row) => spool.place(row));
  return {
    rows,
    starts: Float64Array.from(places, ({ start }) => start),
    ends: Float64Array.from(places, ({ end }) => end),
    numbers: new Uint32Array(rows.length),
    file: new Uint16Array(rows.length),
    files: [{ fd: spool.fd, path: 'the spooled rows' }],
  };
}
