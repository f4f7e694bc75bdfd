import type { Span } from '../text/span.ts';
import type { Field } from '../yaml/field.ts';
import { loopbackPorts } from './loopback.ts';
import { portsOf } from './roles.ts';
import type { Container, Workload } from './workload.ts';

/** A variable that leads the app to a database past the proxy in its own Pod. */
export interface Bypass {
  readonly app: Container;
  readonly field: Field;
  readonly variable: string;
  readonly host: string;
  /** Of the proxy. */
  readonly port: number;
  /** Host and port, in the text of the field. */
  readonly span: Span;
}

const url = /^(?:jdbc:)?(?<scheme>postgres|postgresql|mysql|mariadb)(?:\+\w+)?:\/\/(?:[^\s/?#@]*@)?(?<place>(?<host>[a-z\d][\w.-]*)(?::(?<port>\d+))?)(?=[/?#]|$)/di;

/** The only database that the app is told of, where it is not the proxy. Undefined as soon as anybody calls the proxy. */
export function bypassOf({ containers }: Workload, proxy: Container): Bypass | undefined {
  const own = portsOf(proxy);
  const others = containers.filter(({ field, role }) => field !== proxy.field && role !== 'ephemeral');
  // Whom whole sets of variables or a file tell of it is not to be seen.
  if (others.some((other) => !other.field.get('envFrom').absent || [...loopbackPorts(other)].some((port) => own.has(port)))) return undefined;
  const found = others.filter(({ role }) => role === 'app').flatMap((app) => app.field.get('env').items().flatMap((item) => databaseIn(app, item, own) ?? []));
  const [only, second] = found;
  return second === undefined ? only : undefined;
}

function databaseIn(app: Container, item: Field, own: ReadonlySet<number>): Bypass | undefined {
  const field = item.at('value');
  const match = url.exec(field.text ?? '');
  const { scheme, host } = match?.groups ?? {};
  const place = match?.indices?.groups?.['place'];
  if (scheme === undefined || host === undefined || place === undefined || /^(?:localhost|127\.0\.0\.1)$/i.test(host)) return undefined;
  const port = [...own].find((each) => (/^postgres/i.test(scheme) ? [5432, 6432, 5433] : [3306, 6033]).includes(each));
  return port === undefined ? undefined : { app, field, variable: item.at('name').text ?? '', host, port, span: { start: place[0], end: place[1] } };
}
