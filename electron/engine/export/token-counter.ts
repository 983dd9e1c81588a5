import { AppError } from '#shared/errors.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import { templateFile, tokenizerFile } from '../chat-files.ts';
import { chatMl, type ChatTemplate } from '../chat-template/index.ts';
import { isOutOfBounds } from '../chat-template/bounded-interpreter.ts';
import type { TextTokenizer } from '../tokenizer/index.ts';
import type { Chat, Lesson } from './lessons/lesson.ts';
import { Renderer } from './lessons/renderer.ts';

/** Where a file lies, and what it must be. */
export interface CheckedFile {
  readonly path: string;
  readonly sha256: string;
}

/** What lengths are counted with, as it goes to threads. */
export interface CounterFiles {
  readonly tokenizer: CheckedFile;
  readonly template?: CheckedFile | undefined;
}

/** Of one row, and more for a long one. What is left out may not hang on how fast the machine is: the export stops at one that takes longer. */
const mostMs = 20_000;
const msPerMegabyte = 10_000;
/** Templates may print the date: it counts as this one, so that the same recipe counts the same tomorrow. */
const someDay = new Date(Date.UTC(2026, 0, 1));

/** Counts the tokens that a trainer makes of rows. */
export class TokenCounter {
  private constructor(
    readonly files: CounterFiles,
    private readonly tokenizer: TextTokenizer,
    private readonly template: ChatTemplate,
    private readonly rowMs: number,
  ) {}

  /** Reads the files. Fails with `changed` where they are others than those that were named, and as reading them does. */
  static open(files: CounterFiles, rowMs = mostMs): TokenCounter {
    const tokenizer = checked(files.tokenizer, tokenizerFile);
    const template = files.template ? checked(files.template, templateFile) : chatMl;
    return new TokenCounter(files, tokenizer, template, rowMs);
  }

  /**
   * Whether a text of the lesson, of a line of so many bytes, has more tokens; `refused` where the template makes none of it. Fails with bad-input where that
   * takes more than it may.
   */
  isLonger({ chats }: Lesson, lineBytes: number, most: number): boolean | 'refused' {
    const render = new Renderer(this.template, this.deadlineFor(lineBytes), someDay);
    for (const chat of chats) {
      const text = textOf(chat, render);
      if (text === undefined) return 'refused';
      // No tokenizer makes more tokens of a text than it has bytes.
      const bytes = Buffer.byteLength(text);
      if (bytes > most && this.tokenizer.count(text, this.deadlineFor(bytes)) > most) return true;
    }
    return false;
  }

  private deadlineFor(bytes: number): number {
    return performance.now() + this.rowMs + (msPerMegabyte * bytes) / 1e6;
  }
}

/** Undefined where the template refuses the conversation. */
function textOf(chat: Chat, render: Renderer): string | undefined {
  try {
    const isPrompt = chat.answerFrom === chat.messages.length;
    return isPrompt ? render.prompt(chat, chat.answerFrom) : render.whole(chat).text;
  } catch (error) {
    if (error instanceof AppError && !isOutOfBounds(error.details.cause)) return undefined;
    throw error;
  }
}

function checked<T>({ path, sha256 }: CheckedFile, read: (file: string) => { file: { name: string; sha256: string }; value: T }): T {
  const { file, value } = read(path);
  if (file.sha256 === sha256) return value;
  throw new AppError(
    'changed',
    `${file.name} is not the file that the recipe counts tokens with, or no longer: that has the sha256 ${sha256.slice(0, 12)}….`,
  );
}

/** Of a complete recipe and the files that go with it. Fails with bad-input where one is missing, and as `TokenCounter.open` does. */
export function counterFor(
  { tokenizer, template }: Recipe,
  paths: { readonly tokenizer?: string | undefined; readonly template?: string | undefined } = {},
): TokenCounter | undefined {
  if (!tokenizer) return undefined;
  const found = ({ name, sha256 }: { name: string; sha256: string }, path: string | undefined, flag: string): CheckedFile => {
    if (path !== undefined) return { path, sha256 };
    throw new AppError(
      'bad-input',
      `The recipe counts tokens with ${name} (sha256 ${sha256.slice(0, 12)}…): name that file by ${flag}, or choose it beside the option.`,
    );
  };
  return TokenCounter.open({
    tokenizer: found(tokenizer, paths.tokenizer, '--tokenizer'),
    template: template && found(template, paths.template, '--chat-template'),
  });
}
