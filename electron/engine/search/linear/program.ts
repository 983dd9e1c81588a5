import type { Edge, Node } from './syntax-tree.ts';

/** One step of a program: it goes on at others by their numbers, the first that leads to a match taking all. */
export type Step =
  | { readonly kind: 'one'; readonly source: string; readonly next: number }
  | { readonly kind: 'edge'; readonly edge: Edge; readonly next: number }
  | { readonly kind: 'either'; readonly next: readonly [number, number] }
  | { readonly kind: 'match' };

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/** Larger ones are not worth it. */
const mostSteps = 5000;

/**
 * A pattern as a program, each step of which is before those it goes on at or loops to them: as RE2 compiles it, down to which of two
 * ways comes first in a loop over something that may be nothing. Undefined where it is too large.
 */
export function compileProgram(tree: Node): Program | undefined {
  const steps: Step[] = [{ kind: 'match' }];
  const add = (step: Step): number => steps.push(step) - 1;
  const either = (first: number, second: number, isFirst: boolean): number =>
    add({ kind: 'either', next: isFirst ? [first, second] : [second, first] });

  function compile(node: Node, next: number): number {
    if (steps.length > mostSteps) return next;
    switch (node.kind) {
      case 'one':
        return add({ kind: 'one', source: node.source, next });
      case 'edge':
        return add({ kind: 'edge', edge: node.edge, next });
      case 'all':
        return node.parts.reduceRight((after, part) => compile(part, after), next);
      case 'any':
        return node.parts.map((part) => compile(part, next)).reduceRight((others, part) => either(part, others, true));
      case 'repeat':
        return repeat(node, next);
    }
  }

  function repeat({ part, least, most, isGreedy }: Node & { kind: 'repeat' }, next: number): number {
    let after = next;
    if (most === Number.POSITIVE_INFINITY) {
      after = least === 0 ? anyNumber(part, next, isGreedy) : atLeastOne(part, next, isGreedy);
    } else for (let i = least; i < most && steps.length <= mostSteps; i++) after = either(compile(part, after), next, isGreedy);
    const copies = most === Number.POSITIVE_INFINITY ? least - 1 : least;
    for (let i = 0; i < copies && steps.length <= mostSteps; i++) after = compile(part, after);
    return after;
  }

  function atLeastOne(part: Node, next: number, isGreedy: boolean): number {
    const loop = add({ kind: 'match' });
    const body = compile(part, loop);
    steps[loop] = { kind: 'either', next: isGreedy ? [body, next] : [next, body] };
    return body;
  }

  function anyNumber(part: Node, next: number, isGreedy: boolean): number {
    if (mayBeEmpty(part)) return either(atLeastOne(part, next, isGreedy), next, isGreedy);
    const loop = add({ kind: 'match' });
    const body = compile(part, loop);
    steps[loop] = { kind: 'either', next: isGreedy ? [body, next] : [next, body] };
    return loop;
  }

  const start = compile(tree, 0);
  return steps.length > mostSteps ? undefined : { steps, start };
}

function mayBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'edge':
      return true;
    case 'one':
      return false;
    case 'all':
      return node.parts.every(mayBeEmpty);
    case 'any':
      return node.parts.some(mayBeEmpty);
    case 'repeat':
      return node.least === 0 || mayBeEmpty(node.part);
  }
}
