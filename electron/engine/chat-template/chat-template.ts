import { Environment } from '@huggingface/jinja';
import { AppError } from '#shared/errors.ts';
import { TimeLimitError, withinTime } from '../jobs/within-time.ts';
import { BoundedInterpreter, boundedRange, BoundsError, tooSlow } from './bounded-interpreter.ts';
import { type CharRange, hasGeneration, type Marks, marksNotIn, withGenerationMarks, withoutMarks } from './generation-marks.ts';
import { parseTemplate, type Program, TemplateSyntaxError } from './parse-template.ts';
import { setJson } from './python-numbers.ts';
import { strftime } from './strftime.ts';

/** Special tokens by name (`bos_token`, `eos_token`): templates print them, and trainers add the end where it is missing. */
export type SpecialTokens = Readonly<Record<string, string>>;

/** What a template is given, as `apply_chat_template` gives it. Values are of JSON. */
export interface ChatInput {
  readonly messages: readonly unknown[];
  readonly tools?: readonly unknown[] | undefined;
  /** Whether the text ends with the beginning of an answer. */
  readonly generationPrompt?: boolean;
}

export interface RenderedChat {
  readonly text: string;
  /** What stands in `{% generation %}` blocks. */
  readonly generated: readonly CharRange[];
}

export interface TemplateOptions {
  /** For messages: the name of its file. */
  readonly name: string;
  /** Each message is rendered by itself, whatever stands beside it. */
  readonly isOwn?: boolean;
  readonly tokens?: SpecialTokens;
}

/** Real ones have less than 40,000. */
const sourceChars = 256 << 10;
/** The reader takes time with their square. */
const blankRun = /\s{4096}/;
const outputChars = 4 << 20;
const parsingMs = 10_000;

const chooseAnother = 'Choose another chat template, or none: then it is ChatML.';

/** A chat template in jinja, as tokenizers carry them: run by an interpreter within bounds, never as code. */
export class ChatTemplate {
  readonly name: string;
  readonly isOwn: boolean;
  readonly tokens: SpecialTokens;
  /** Whether it says by `{% generation %}` what the assistant wrote. */
  readonly hasGeneration: boolean;
  /** With marks that were in nothing rendered so far. */
  private program: { readonly marks: Marks; readonly parsed: Program };

  /** Fails with bad-input, naming the line where it is known. */
  constructor(
    private readonly source: string,
    { name, isOwn = false, tokens = {} }: TemplateOptions,
  ) {
    this.name = name;
    this.isOwn = isOwn;
    this.tokens = tokens;
    if (source.length > sourceChars) throw new AppError('bad-input', `${name} is no chat template: it is longer than 256 kB.`);
    const run = blankRun.exec(source);
    if (run)
      throw new AppError(
        'bad-input',
        `${name}${lineOf(source.slice(0, run.index).split('\n').length)} has more than 4,000 blanks in a row.`,
      );
    this.hasGeneration = hasGeneration(source);
    this.program = this.programFor('');
  }

  private programFor(data: string): { readonly marks: Marks; readonly parsed: Program } {
    const { source, name } = this;
    const marks = marksNotIn(source + data);
    try {
      return { marks, parsed: withinTime(parsingMs, () => parseTemplate(withGenerationMarks(source, marks))) };
    } catch (cause) {
      if (cause instanceof TimeLimitError)
        throw new AppError('bad-input', `${name} takes too long to be read. ${chooseAnother}`, { cause });
      if (!(cause instanceof TemplateSyntaxError)) throw cause;
      throw new AppError('bad-input', `${name}${lineOf(cause.line)} is no jinja that can be read: ${cause.message}.`, { cause });
    }
  }

  /**
   * Renders a conversation. `deadline` is on the clock of `performance.now`. Fails with bad-input where the template refuses it,
   * fails, or goes on for too long; the message says where.
   */
  render({ messages, tools, generationPrompt = false }: ChatInput, deadline: number, now = new Date()): RenderedChat {
    const data = JSON.stringify([messages, tools]);
    if (data.includes(this.program.marks.salt)) this.program = this.programFor(data);
    const { marks, parsed } = this.program;
    const environment = new Environment();
    let line: (() => number | undefined) | undefined;
    const refuse = (message: unknown): never => {
      throw new AppError('bad-input', `${this.name}${lineOf(line?.())} refuses this conversation: ${String(message)}`);
    };
    const globals = {
      true: true,
      True: true,
      false: false,
      False: false,
      none: null,
      None: null,
      range: boundedRange,
      raise_exception: refuse,
      strftime_now: (format: string) => strftime(now, format),
      ...this.tokens,
      documents: null,
      add_generation_prompt: generationPrompt,
    };
    for (const [name, value] of Object.entries(globals)) environment.set(name, value);
    setJson(environment, 'messages', messages, marks);
    setJson(environment, 'tools', tools ?? null, marks);
    const chars = outputChars + 4 * data.length;
    const interpreter = new BoundedInterpreter(environment, { deadline, chars });
    line = () => interpreter.line;
    try {
      const run = (): unknown => interpreter.run(parsed).value;
      // Between two looks at the clock, filters may go over a long text for minutes.
      const printed = this.isOwn ? run() : withinTime(deadline - performance.now(), run);
      return withoutMarks(String(printed), marks);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const cause = error instanceof TimeLimitError ? new BoundsError(tooSlow) : error;
      const what =
        cause instanceof BoundsError
          ? `${cause.message}. ${chooseAnother}`
          : `fails: ${cause instanceof Error ? cause.message : String(cause)}.`;
      throw new AppError('bad-input', `${this.name}${lineOf(interpreter.line)} ${what}`, { cause });
    }
  }
}

function lineOf(line: number | undefined): string {
  return line === undefined ? '' : `, line ${line},`;
}
