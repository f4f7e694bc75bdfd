import type { SimpleCommand } from '../shell/model.ts';
import { resolveArgv } from '../shell/argv.ts';
import { commandWords } from './command-line.ts';
import type { Container } from './workload.ts';

/** Commands that are done at once and answer nobody. */
const quick: ReadonlySet<string> = new Set(['echo', 'printf', 'date', 'true', ':', 'cd', 'export', 'set', 'umask', 'mkdir', 'ls', 'pwd', 'whoami', 'env']);

/** How long a container sleeps before its program starts, in seconds; 0 where it does not, or where nothing follows. */
export function sleepBeforeStart(container: Container): number {
  const { script } = resolveArgv(commandWords(container).map((word) => (word === '' ? undefined : word)));
  if (script === undefined || script.errors.length > 0) return 0;
  let slept = 0;
  for (const command of script.commands()) {
    // What is started beside it, or only under a condition, tells nothing sure.
    if (command.background || command.inside !== 'top' || command.connector === '||' || command.connector === '|') return 0;
    const name = command.name?.value;
    if (name === 'sleep') slept += secondsOf(command);
    else if (command.name !== undefined && (name === undefined || !quick.has(name))) return slept;
  }
  return 0;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** 0 for what only a running shell knows, and for more than a day: whoever sleeps that long waits for somebody. */
function secondsOf({ words }: SimpleCommand): number {
  const seconds = words.slice(1).map(({ value }) => {
    const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d+)?)([smh]?)$/.exec(value ?? '') ?? [];
    return amount === undefined ? 0 : Number(amount) * (units[unit] ?? 1);
  });
  const sum = Math.floor(seconds.reduce((total, each) => total + each, 0));
  return sum > 86_400 ? 0 : sum;
}
