import type { z } from 'zod';

/** One method of a contract. Without `progress` it reports none. */
export interface MethodSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly progress?: z.ZodType;
}
export type Contract = Readonly<Record<string, MethodSpec>>;
export type Method<C extends Contract> = keyof C & string;
export type Input<C extends Contract, M extends Method<C>> = z.infer<C[M]['input']>;
export type Output<C extends Contract, M extends Method<C>> = z.infer<C[M]['output']>;
export type Progress<C extends Contract, M extends Method<C>> = C[M] extends { progress: infer P extends z.ZodType } ? z.infer<P> : never;
