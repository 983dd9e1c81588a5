// npm run bench -- --help
import { runTypeScript } from '../scripts/run-typescript.mjs';

await runTypeScript(new URL('measure/main.ts', import.meta.url));
