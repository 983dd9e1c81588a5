import { z } from 'zod';

/** What an open dataset is called by, until it is closed. */
export const dataset = z.string().max(64);
