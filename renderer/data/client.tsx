import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { contract, shellContract, type Input, type Method, type Output, type Progress } from '#shared/contract/index.ts';
import { visibleFirst } from './visible-first.ts';

/** Everything a page may ask: of the engine, and of the shell around it, over one connection. */
export const pageContract = { ...contract, ...shellContract } as const;
export type PageContract = typeof pageContract;
export type PageMethod = Method<PageContract>;
export type PageInput<M extends PageMethod> = Input<PageContract, M>;
export type PageOutput<M extends PageMethod> = Output<PageContract, M>;

export interface CallOptions<M extends PageMethod> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress<PageContract, M>) => void;
}

/** Asks once; fails with an AppError, `cancelled` when `signal` was aborted. */
export type Call = <M extends PageMethod>(method: M, input: PageInput<M>, options?: CallOptions<M>) => Promise<PageOutput<M>>;

const CallContext = createContext<Call | null>(null);

export function ClientProvider({ call, children }: { call: Call; children: ReactNode }) {
  const ordered = useMemo(() => visibleFirst(call), [call]);
  return <CallContext value={ordered}>{children}</CallContext>;
}

/** The one way out of the page. Panels use the hooks in this folder instead, which add latest-wins and cancelling. */
export function useCall(): Call {
  const call = useContext(CallContext);
  if (call === null) throw new Error('useCall needs a ClientProvider');
  return call;
}
