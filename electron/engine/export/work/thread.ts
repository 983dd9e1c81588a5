import type { TransferListItem } from 'node:worker_threads';
import type { Done, Work } from '../../threads/serve-thread.ts';
import { Settings } from '../settings.ts';
import { targetOf } from '../targets.ts';
import { TokenCounter } from '../token-counter.ts';
import type { Target } from '../types.ts';
import { ByteSink } from '../writers/byte-sink.ts';
import { askSteps } from './ask-steps.ts';
import { copyLines } from './copy-lines.ts';
import { LineReader } from './line-reader.ts';
import type { Task, WorkAnswer, WorkRequest } from './messages.ts';
import { accessToSent, NeedsMore } from './sent-access.ts';

/** The work of a thread on exports. What a target keeps of its settings lasts as long as the job. */
export function exportWork(): Work<WorkRequest, WorkAnswer> {
  let ready: { job: number; target: Target; settings: Settings } | undefined;
  const reader = new LineReader();
  const texts = new ByteSink();
  return (request, isStopped) => {
    if (request.kind === 'copy') {
      const bytes = copyLines(request);
      return { answer: { kind: 'copied', bytes }, transfer: buffersOf(bytes) };
    }
    const { job, task, lines, facts, ask, isSpooled, into } = request;
    if (ready?.job !== job) ready = { job, target: targetOf(task.target), settings: settingsOf(task) };
    // Of a spooled row all is in its own text, unless rows are put together.
    const access = accessToSent(lines, facts, reader, isSpooled && !ready.target.join);
    const steps = askSteps(access, ready.target, ready.settings, lines.rows, ask, { isSpooled, texts, into });
    try {
      while (!isStopped()) {
        const step = steps.next();
        if (step.done) return done(step.value);
      }
      return { answer: undefined };
    } catch (error) {
      if (error instanceof NeedsMore) return { answer: { kind: 'needs', needed: error.needed } };
      throw error;
    }
  };
}

function settingsOf({ values, off, counter }: Task): Settings {
  return new Settings(values, new Set(off), counter && TokenCounter.open(counter));
}

function done(answer: WorkAnswer): Done<WorkAnswer> {
  const bytes = answer.kind === 'block' ? answer.block?.bytes : undefined;
  return { answer, transfer: bytes ? buffersOf(bytes) : [] };
}

/** Buffers are handed over, with what is left of them; what lies in a pool of Node's is copied. */
function buffersOf({ buffer }: Uint8Array): TransferListItem[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize ? [buffer] : [];
}
