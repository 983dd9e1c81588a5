import type { Random } from '../generate/random.ts';
import { rewriteNumber, rewriteString } from './rewrite.ts';
import type { Member, Tree } from './tree.ts';

/** Keys the scanner looks for: what has one of them matters. */
const wantedKeys = (
  'response responses_create_params messages agent_ref reward_components name usage status incomplete_details model output input tools ' +
  'type role content text refusal summary tool_calls reasoning thinking reasoning_content reward _ng_task_index input_tokens ' +
  'instructions reason prompt_token_ids generation_token_ids generation_log_probs function id call_id logprobs'
).split(' ');
const words = [
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'assistant',
  'user',
  'system',
  'tool',
  'developer',
  'input_image',
  '',
];
const blanks = [' ', '  ', '\t', '\r', ' \t ', ' '.repeat(70)];
const fillers = ['x', 'é', '漢', '😀', '\\n', '\\"', '\\\\', '\\u00e9', '\\ud83d\\ude00', '\\ud800', '{', '[', ',', ' ', 'true'];

/** How often each change is made, from never to always. */
interface Rates {
  readonly blank: number;
  readonly shuffle: number;
  readonly escape: number;
  readonly number: number;
  readonly duplicate: number;
  readonly splice: number;
  readonly lengthen: number;
  readonly rename: number;
}

/**
 * A valid line made of another: with blanks, members in another order, escapes and numbers written otherwise, keys that come
 * twice, parts of other lines in the place of its own, longer strings, other keys. It stays an object of valid JSON.
 */
export function reshape(line: Tree, others: readonly Tree[], random: Random): Buffer<ArrayBuffer> {
  const rate = (most: number): number => (random.chance(0.6) ? 0 : random.next() * most);
  const rates: Rates = {
    blank: rate(0.5),
    shuffle: rate(1),
    escape: rate(0.5),
    number: rate(1),
    duplicate: rate(0.2),
    splice: rate(0.05),
    lengthen: rate(0.05),
    rename: rate(0.1),
  };
  return Buffer.from(new Writer(others, random, rates).write(line));
}

/** Spliced values bring values of their own to splice: no deeper than this. */
const deepestSplice = 2;

class Writer {
  private text = '';
  private spliced = 0;

  constructor(
    private readonly others: readonly Tree[],
    private readonly random: Random,
    private readonly rates: Rates,
  ) {}

  write(tree: Tree): string {
    this.value(tree);
    this.blank();
    return this.text;
  }

  private value(tree: Tree): void {
    this.blank();
    switch (tree.kind) {
      case 'object':
        this.object(tree.members);
        break;
      case 'array':
        this.list('[', tree.elements, ']', (element) => this.child(element));
        break;
      case 'string':
        this.text += `"${this.string(tree.source)}"`;
        break;
      case 'token':
        this.text += this.does('number') ? rewriteNumber(tree.source, this.random) : tree.source;
        break;
    }
  }

  private object(members: readonly Member[]): void {
    const written = members.flatMap((member) => (this.does('duplicate') ? [{ ...member, value: this.other() }, member] : [member]));
    if (this.does('shuffle')) shuffle(written, this.random);
    this.list('{', written, '}', ({ key, value }) => {
      this.blank();
      const name = this.does('rename') ? this.random.pick(wantedKeys) : key;
      this.text += `"${this.does('escape') ? rewriteString(name, this.random) : name}"`;
      this.blank();
      this.text += ':';
      this.child(value);
    });
  }

  private list<T>(open: string, items: readonly T[], close: string, write: (item: T) => void): void {
    this.text += open;
    items.forEach((item, i) => {
      if (i > 0) this.text += ',';
      write(item);
      this.blank();
    });
    if (items.length === 0) this.blank();
    this.text += close;
  }

  private child(tree: Tree): void {
    if (this.spliced >= deepestSplice || !this.does('splice')) {
      this.value(tree);
      return;
    }
    this.spliced++;
    this.value(this.other());
    this.spliced--;
  }

  private string(source: string): string {
    if (this.does('splice') && source.length < 30) return this.random.pick(words);
    const text = this.does('escape') && source.length < 5000 ? rewriteString(source, this.random) : source;
    return this.does('lengthen') ? text + this.random.pick(fillers).repeat(this.random.int(1, 200)) : text;
  }

  /** A small part of some line, or a scalar. */
  private other(): Tree {
    if (this.random.chance(0.3))
      return { kind: 'token', source: this.random.pick(['null', 'true', 'false', '0', '-1.5', '9007199254740993', '1e400']) };
    if (this.random.chance(0.2)) return { kind: 'string', source: this.random.pick(words) };
    let tree = this.random.pick(this.others);
    for (let steps = this.random.int(1, 6); steps > 0; steps--) {
      if (tree.kind === 'object' && tree.members.length > 0) tree = this.random.pick(tree.members).value;
      else if (tree.kind === 'array' && tree.elements.length > 0) tree = this.random.pick(tree.elements);
    }
    return tree;
  }

  private blank(): void {
    if (this.does('blank')) this.text += this.random.pick(blanks);
  }

  private does(what: keyof Rates): boolean {
    const rate = this.rates[what];
    return rate > 0 && this.random.chance(rate);
  }
}

function shuffle<T>(list: T[], random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [list[i], list[j]] = [list[j] as T, list[i] as T]; // both within the list
  }
}
