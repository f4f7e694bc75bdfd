import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { entry, run } from './lib/process.mjs';

/** `npm run generate`: every file that is made from others. With `--check` nothing is written: a stale file fails. */
const generators = ['rules-index.mjs', 'config-schema.mjs', 'patterns.mjs', 'notices.mjs'];

await entry(async () => {
  let worst = 0;
  for (const generator of generators) {
    const { code } = await run(process.execPath, [join(root, 'scripts', generator), ...process.argv.slice(2)]);
    worst = Math.max(worst, code);
  }
  return worst;
});
