import { isShellInvocation } from '../../shell/invocation.ts';
import type { Field } from '../../yaml/field.ts';
import { commandSeconds, hookSeconds } from '../pre-stop.ts';
import { between, type Estimate, exactly } from './estimate.ts';

/**
 * How long a hook of a container's lifecycle takes; undefined where none is written. The kubelet waits for a hook without
 * a limit of its own, so what does more than sleep has one only under `timeout`.
 * Source: pkg/kubelet/lifecycle/handlers.go, HandlerRunner.Run.
 */
export function hookTime(hook: Field): Estimate | undefined {
  if (!hook.present || hook.isNull) return undefined;
  const sure = Math.max(0, hookSeconds(hook));
  const exec = hook.at('exec', 'command');
  if (hook.has('sleep')) return hook.at('sleep', 'seconds').int === undefined ? between(0, 0, Infinity) : exactly(sure);
  const words = exec.items().map((item) => item.text);
  return onlySleeps(words) ? exactly(sure) : between(sure, sure, Math.max(sure, limitOf(words)));
}

/** How long a command that ends by itself runs at the least, and whether that is all it does. */
export function commandTime(words: readonly (string | undefined)[]): { readonly seconds: number; readonly isAll: boolean } {
  return { seconds: commandSeconds(words), isAll: onlySleeps(words) };
}

function onlySleeps(words: readonly (string | undefined)[]): boolean {
  const script = isShellInvocation(words);
  const text = script === undefined ? words.map((word) => word ?? '?').join(' ') : (script.body ?? '');
  return /^\s*(?:exec\s+)?(?:\/\S*\/)?sleep(?:\s+\d+(?:\.\d+)?[smhd]?)+\s*;?\s*$/.test(text);
}

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** The limit that `timeout 60 …` sets, in front of the words or of the one command in a shell. */
function limitOf(words: readonly (string | undefined)[]): number {
  const script = isShellInvocation(words);
  const text = script === undefined ? words.map((word) => word ?? '?').join(' ') : (script.body ?? '');
  // Behind the command nothing else may run.
  if (script !== undefined && /[;&|\n]/.test(text.replace(/(["'])(?:(?!\1)[^])*\1/g, ''))) return Infinity;
  const [, amount, unit = ''] = /^\s*(?:exec\s+)?(?:\/\S*\/)?timeout\s+(?:-s\s+\S+\s+)?(\d+(?:\.\d+)?)([smhd]?)\s/.exec(text) ?? [];
  return amount === undefined ? Infinity : Math.ceil(Number(amount) * (units[unit] ?? 1));
}
