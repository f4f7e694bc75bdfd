import { commandWords, variablesOf } from './command-line.ts';
import type { Container } from './workload.ts';

/** The containers of a Pod share its loopback address: who names it speaks to a neighbour. */
const loopback = /(?:^|[^\w.-])(?:localhost|127\.0\.0\.1|\[::1\]):(\d{2,5})(?!\d)/g;

/**
 * The ports on the Pod's loopback address that arguments and variables of a container name, each once. `HOST=localhost` beside
 * `PORT=5432` counts, and so do flags that stand side by side (`-h 127.0.0.1 -p 5432`).
 */
export function loopbackPorts(container: Container): ReadonlySet<number> {
  const words = commandWords(container);
  const variables = variablesOf(container);
  const found = new Set<number>();
  for (const text of [...words, ...variables.map(({ value }) => value)]) {
    for (const [, port] of text.matchAll(loopback)) found.add(Number(port));
  }
  for (const { name, value } of variables) {
    if (!isLoopback(value)) continue;
    // `DB_HOST` goes with `DB_PORT`, `PGHOST` with `PGPORT`.
    const port = variables.find((other) => other.name !== name && other.name === name.replace(/(?:HOST(?:NAME)?|ADDR(?:ESS)?|SERVER)$/, 'PORT'));
    if (port !== undefined && /^\d{2,5}$/.test(port.value)) found.add(Number(port.value));
  }
  words.forEach((word, index) => {
    const [flag, host] = word.startsWith('-') && word.includes('=') ? split(word) : [word, words[index + 1] ?? ''];
    if (!/^(?:-h|--?(?:[\w-]+[-.])?(?:host|hostname|address|server))$/.test(flag) || !isLoopback(host)) return;
    const rest = words.slice(index + 1, index + 4).flatMap((each, at, all) => (/^(?:-[pP]|--?(?:[\w-]+[-.])?port)$/.test(each) ? [all[at + 1] ?? ''] : (/^--?(?:[\w-]+[-.])?port=(\d+)$/.exec(each)?.slice(1) ?? [])));
    for (const port of rest) if (/^\d{2,5}$/.test(port)) found.add(Number(port));
  });
  return found;
}

function isLoopback(text: string): boolean {
  return text === 'localhost' || text === '127.0.0.1' || text === '::1';
}

function split(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}
