import { commandWords } from './command-line.ts';
import { isProbeable } from './routes.ts';
import type { Container, Port } from './workload.ts';

/** Flags that name whom the container asks, not where it listens. */
const asksOthers = /(?:^|[-_.])(?:upstream|target|remote|backend|dest(?:ination)?|db|database|redis|mysql|postgres|proxy|peer|client|server|endpoint)(?:$|[-_.])/i;
const place = /^(?:--?((?:[\w.-]+[-_.])?)(?:host|hostname|addr|address|listen|bind)|-b)$/;
const loopback = /^(?:127(?:\.\d+){3}|localhost|\[?::1\]?)$/;

/** The ports of a container that a probe can reach: TCP, and not bound to loopback by its own command line. */
export function probeablePorts(container: Container): readonly Port[] {
  const ports = container.ports.filter(isProbeable);
  if (ports.length === 0) return ports;
  const hidden = loopbackPorts(container);
  return hidden.size === 0 ? ports : ports.filter(({ number }) => number === undefined || !hidden.has(number));
}

/**
 * The ports that a container's flags bind to loopback, as behind a proxy in the same Pod: `--listen-address=127.0.0.1:8080`,
 * or `--host=127.0.0.1 --port=8081`. The kubelet and Services ask the address of the Pod, where nobody answers then.
 */
export function loopbackPorts(container: Container): ReadonlySet<number> {
  const flags = flagsOf(commandWords(container));
  const found = [...flags].flatMap(([flag, value]) => {
    const [, prefix = ''] = place.exec(flag) ?? [undefined, undefined];
    if (!place.test(flag) || asksOthers.test(flag.slice(1))) return [];
    const [, host = value, port] = /^(.*):(\d{1,5})$/.exec(value) ?? [];
    if (!loopback.test(host)) return [];
    return Number(port ?? flags.get(`--${prefix}port`) ?? flags.get(`-${prefix}port`) ?? 'none');
  });
  return new Set(found.filter((port) => !Number.isNaN(port)));
}

/** What each flag is given, behind `=` or as the next word. */
function flagsOf(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(words.flatMap((word, index) => {
    const [, flag, value] = /^(--?[\w.-]+)(?:=(.*))?$/.exec(word) ?? [];
    return flag === undefined ? [] : [[flag, value ?? words[index + 1] ?? ''] as const];
  }));
}
