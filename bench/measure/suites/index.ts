import type { Suite } from '../suite.ts';
import { again } from './again.ts';
import { columns } from './columns.ts';
import { exporting } from './export.ts';
import { growth } from './growth.ts';
import { opening } from './opening.ts';
import { page } from './page.ts';
import { reader } from './reader.ts';
import { scan, shapes } from './scan.ts';
import { searching } from './search.ts';
import { use } from './use.ts';

/** In the order in which they run. */
export const suites: readonly Suite[] = [scan, shapes, again, use, searching, exporting, growth, page, columns, reader, opening];
