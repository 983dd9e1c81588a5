// node bench/generate.mjs --help
import { runTypeScript } from '../scripts/run-typescript.mjs';

await runTypeScript(new URL('generate/cli.ts', import.meta.url));
