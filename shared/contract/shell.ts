import { z } from 'zod';
import { grant, recent } from '../model/grant.ts';
import type { Contract } from './method.ts';

/** What the shell (Electron's main process, or `serve`) does for the page, over the same connection as the engine. */
export const shellContract = {
  'shell.info': {
    input: z.object({}),
    output: z.object({
      shell: z.enum(['desktop', 'browser']),
      version: z.string(),
      /** Opened without asking: what the command line named. */
      open: z.array(grant),
      /** Where exports go unless the user chooses: in the browser the only place. */
      outRoot: z.union([grant, z.null()]),
      sample: z.union([grant, z.null()]),
    }),
  },
  /** The system's dialog. Null when it was dismissed. Desktop only. */
  'shell.chooseFiles': { input: z.object({ folder: z.boolean() }), output: z.union([grant, z.null()]) },
  /** The same for one file that is no dataset. */
  'shell.chooseFile': { input: z.object({ kind: z.enum(['template', 'tokenizer']) }), output: z.union([grant, z.null()]) },
  'shell.chooseOutRoot': { input: z.object({}), output: z.union([grant, z.null()]) },
  /** Shows an export in the system's file manager. Desktop only. */
  'shell.reveal': { input: z.object({ folder: z.string(), name: z.string() }), output: z.object({}) },
  /** Desktop: datasets opened before, latest first. Browser: what was granted on the command line. */
  'shell.recents': { input: z.object({}), output: z.object({ recents: z.array(recent) }) },
  /** Notes that a grant was opened and what it looks like. */
  'shell.remember': {
    input: z.object({ grant: z.string(), rows: z.int(), tasks: z.int().optional(), shape: recent.shape.shape }),
    output: z.object({}),
  },
  'shell.forget': { input: z.object({ grant: z.string() }), output: z.object({}) },
  /** Small settings of the page (theme, column layout), kept by the shell because a served page changes its origin. */
  'shell.loadSettings': { input: z.object({}), output: z.object({ json: z.string() }) },
  'shell.saveSettings': { input: z.object({ json: z.string().max(100_000) }), output: z.object({}) },
} as const satisfies Contract;
