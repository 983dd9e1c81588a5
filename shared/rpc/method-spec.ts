import type { Contract, Method, MethodSpec } from '../contract/index.ts';
import { AppError } from '../errors.ts';

/** Whether a name that came over the wire is a method: a name that every object inherits is none. */
export function isMethod<C extends Contract>(contract: C, name: string): name is Method<C> {
  return Object.hasOwn(contract, name);
}

/** The schemas of a method; fails with bad-input where there is none. */
export function methodSpec<C extends Contract>(contract: C, method: Method<C>): MethodSpec {
  const spec = isMethod(contract, method) ? contract[method] : undefined;
  if (!spec) throw new AppError('bad-input', noMethod(method));
  return spec;
}

export const noMethod = (name: string): string => `There is no method "${name}".`;
