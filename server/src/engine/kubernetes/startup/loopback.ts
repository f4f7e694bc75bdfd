import { commandWords, variablesOf } from '../command-line.ts';
import type { Container } from '../workload.ts';

const host = String.raw`(?:localhost|127\.0\.0\.1|\[::1\])`;
const anyHost = new RegExp(`(?:^|[^\\w.-])${host}(?![\\w.-])`, 'i');

/**
 * Does the container show in its command or its variables that it speaks to one of these ports at localhost: an address
 * (`localhost:5432`), or a host in one variable and the port in another?
 */
export function speaksTo(container: Container, ports: ReadonlySet<number>): boolean {
  if (ports.size === 0) return false;
  const variables = variablesOf(container).map(({ value }) => value);
  const texts = [...commandWords(container), ...variables];
  const isAddressed = texts.some((text) => [...text.matchAll(new RegExp(`(?:^|[^\\w.-])${host}:(\\d{1,5})(?!\\d)`, 'gi'))].some(([, port]) => ports.has(Number(port))));
  return isAddressed || (texts.some((text) => anyHost.test(text)) && variables.some((value) => /^\d{1,5}$/.test(value) && ports.has(Number(value))));
}

/** The ports that a container declares. */
export function portsOf({ ports }: Container): ReadonlySet<number> {
  return new Set(ports.flatMap(({ number }) => number ?? []));
}
