import { Interpreter } from '@huggingface/jinja';

type Evaluated = ReturnType<Interpreter['evaluate']>;
type Evaluate = Interpreter['evaluate'];

/** How much a rendering may take. */
export interface Bounds {
  /** On the clock of `performance.now`. */
  readonly deadline: number;
  /** Of any text it makes, in UTF-16 units. */
  readonly chars: number;
}

/** A template did more than it may. */
export class BoundsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BoundsError';
  }
}

export const tooSlow = 'takes too long for one conversation: it may never end';

export const isOutOfBounds = (error: unknown): boolean => error instanceof BoundsError;

/** Values of a list that a template makes. */
const listLength = 200_000;
const stepsBetweenLooks = 256;
/** Of expressions and statements in each other, those of macros that are called included. */
const nesting = 600;

export const linePrefix = '\0line ';

/**
 * Jinja's interpreter within bounds: templates are of the user, or of whoever gave them to the user, and loops over `range` or
 * doubled texts would keep the engine for good. Comments that begin with `linePrefix` say which line is next. It runs once.
 */
export class BoundedInterpreter extends Interpreter {
  /** Undefined until a line was told. */
  line: number | undefined;
  private steps = 0;
  private depth = 0;

  constructor(
    environment: ConstructorParameters<typeof Interpreter>[0],
    private readonly bounds: Bounds,
  ) {
    super(environment);
  }

  override evaluate(...[statement, environment]: Parameters<Evaluate>): Evaluated {
    if (statement?.type === 'Comment' && 'value' in statement && typeof statement.value === 'string') this.noteLine(statement.value);
    if (++this.steps % stepsBetweenLooks === 0 && performance.now() > this.bounds.deadline) throw new BoundsError(tooSlow);
    const made = this.deeper(statement, environment);
    if (typeof made.value === 'string' && made.value.length > this.bounds.chars) throw new BoundsError('makes a longer text than it may');
    if (Array.isArray(made.value) && made.value.length > listLength)
      throw new BoundsError(`makes a list of more than ${listLength} values`);
    return made;
  }

  private deeper(...[statement, environment]: Parameters<Evaluate>): Evaluated {
    if (this.depth >= nesting) throw new BoundsError('calls itself without an end, or is nested too deep');
    this.depth++;
    try {
      return super.evaluate(statement, environment);
    } finally {
      this.depth--;
    }
  }

  private noteLine(comment: string): void {
    if (comment.startsWith(linePrefix)) this.line = Number(comment.slice(linePrefix.length));
  }
}

/** Python's `range`, which jinja hands to templates, as long as its lists may be. */
export function boundedRange(first: number, second?: number, step = 1): number[] {
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (!(count <= listLength)) throw new BoundsError(`asks for a range of more than ${listLength} values`);
  return Array.from({ length: count }, (_, i) => start + i * step);
}
