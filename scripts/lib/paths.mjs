import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. Everything the scripts write goes to the folders that .gitignore names, or to a temporary folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What tests write: bundles, results, logs, pictures of a failure. */
export const out = join(root, 'out');

/** What survives between runs: the VS Code and the browser that npm carries. */
export const cache = join(root, '.cache');
