// node e2e/screens.mjs FILE FOLDER
import { runTypeScript } from '../scripts/run-typescript.mjs';

await runTypeScript(new URL('screens.ts', import.meta.url));
