import { basename } from '../../engine/shell/invocation.ts';
import type { Item } from './items.ts';

/**
 * npm and pnpm run their scripts by `/bin/sh`. Where that is dash, it stays between them and the application: an init
 * gets the signal to the application, but dash dies of it at once, npm sees its child gone and ends, and the container
 * with it. bash replaces itself by the application, so npm waits for that. Measured with npm 11, pnpm 10, dash 0.5.12 and
 * bash 5.2, the init signalling the group. The option must stand before the script's name for pnpm to see it.
 */
export const scriptShell = '--script-shell=bash';

const managers = /^(?:npm|pnpm|npx)$/;

/** The option behind the package manager among these words. */
export function handOver(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => managers.test(basename(word) ?? ''));
  return at < 0 ? words : [...words.slice(0, at + 1), scriptShell, ...words.slice(at + 1)];
}

/** The same in a shell text whose last command begins with `exec`. */
export function handOverText(script: string): string {
  return script.replace(/(\bexec (?:env (?:\S+=\S* )*)?(?:\S*\/)?(?:npm|pnpm|npx))(?=\s)(?!.*\bexec )/s, `$1 ${scriptShell}`);
}

/** The same among the elements of an exec form; `at` is the place of the package manager. */
export function handOverItems(items: readonly Item[], at: number): readonly Item[] {
  return [...items.slice(0, at + 1), { word: scriptShell }, ...items.slice(at + 1)];
}
