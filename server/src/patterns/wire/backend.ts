import type { Container, Workload } from '../../engine/kubernetes/workload.ts';
import { applyEdits, type TextEdit } from '../../engine/text/span.ts';
import type { Field } from '../../engine/yaml/field.ts';
import type { TakesOver } from '../scenario.ts';

/** A setting of a container that names the backend, and what it would be if it named the helper. */
export interface Backend {
  /** Tells it from others of the same workload: its path. */
  readonly id: string;
  readonly container: string;
  /** The variable, or the flag; undefined for a word without a name. */
  readonly name: string | undefined;
  readonly field: Field;
  readonly before: string;
  readonly after: string;
  readonly changes: readonly TextEdit[];
  /** The host and port that it names now, as far as they are written. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

/** The settings of all containers of the Pod that name the backend of `takesOver`, in the order of the text. */
export function backendsOf({ containers }: Workload, takesOver: TakesOver): readonly Backend[] {
  const names = takesOver.env.map((pattern) => new RegExp(`^(?:${pattern})$`, 'i'));
  const isNamed = (name: string): boolean => names.some((pattern) => pattern.test(name));
  return containers.filter(({ role }) => role === 'app' || role === 'init').flatMap((container) => [
    ...container.field.get('env').items().flatMap((item) => {
      const name = item.get('name').text ?? '';
      return backend(container, name, item.get('value'), isNamed(name), takesOver);
    }),
    ...(['command', 'args'] as const).flatMap((list) => container.field.get(list).items().flatMap((item, index, all) => {
      const name = flagOf(item.text ?? '') ?? flagOf(all[index - 1]?.text ?? '');
      return backend(container, name, item, name !== undefined && isNamed(name.replaceAll('-', '_')), takesOver);
    })),
  ]);
}

/**
 * Those that a helper can stand in for at once, for it has one backend: the ones of the first host that is named, and the
 * variables that belong to these by their names.
 */
export function ofOneHost(found: readonly Backend[]): readonly Backend[] {
  const first = found.find(({ host }) => host !== undefined)?.host;
  const kin = new Set(found.filter(({ host }) => host === first).map(stem));
  return first === undefined ? found : found.filter((backend) => backend.host === first || (backend.host === undefined && kin.has(stem(backend))));
}

/** `db` of `DB_HOST`, `db_port` and `--db-url`; with its container, for each has an environment of its own. */
function stem({ container, name }: Backend): string {
  return `${container} ${(name ?? '').toLowerCase().replaceAll('-', '_').replace(/_?(?:host(?:name)?|port|ur[il]|addr(?:ess)?|server|endpoint)$/, '')}`;
}

/** `db-host` of `--db-host` or `--db-host=db`. */
function flagOf(word: string): string | undefined {
  return /^--?([a-z][\w-]*)(?:=|$)/i.exec(word)?.[1];
}

function backend(container: Container, name: string | undefined, field: Field, isNamed: boolean, takesOver: TakesOver): readonly Backend[] {
  const before = field.text;
  if (before === undefined || before === '' || before.includes('\n')) return [];
  const found = addressIn(before, isNamed, takesOver);
  if (found === undefined) return [];
  const changes = found.changes.filter(({ span, newText }) => before.slice(span.start, span.end) !== newText);
  if (changes.length === 0) return [];
  return [{ id: field.path, container: container.title, name, field, before, after: applyEdits(before, changes), changes, host: found.host, port: found.port }];
}

interface Address {
  readonly changes: readonly TextEdit[];
  readonly host: string | undefined;
  readonly port: number | undefined;
}

function addressIn(text: string, isNamed: boolean, takesOver: TakesOver): Address | undefined {
  const inWords = inUrl(text, takesOver, isNamed) ?? inDsn(text, takesOver, isNamed);
  // Where the scheme changes, a host or a port alone would leave the app speaking the old one.
  return inWords ?? (isNamed && takesOver.scheme === undefined ? alone(text, takesOver) : undefined);
}

/** `jdbc:postgresql://user@db:5432/x?sslmode=require`: host and port, scheme and TLS as the helper wants them. */
function inUrl(text: string, takesOver: TakesOver, isNamed: boolean): Address | undefined {
  const match = /(?<scheme>[a-z][\w+.-]*):\/\/(?<user>[^\s/?#@]*@)?(?<host>[^\s:/?#@,]+)(?::(?<port>\d+))?(?<more>(?:,[^\s/?#]+)?)/di.exec(text);
  const groups = match?.indices?.groups;
  const { scheme, host, port } = match?.groups ?? {};
  if (match === null || groups?.['scheme'] === undefined || groups['host'] === undefined || scheme === undefined || host === undefined) return undefined;
  const known = takesOver.schemes.includes(scheme.toLowerCase());
  const isPort = port !== undefined && takesOver.ports.includes(Number(port));
  // An http URL may be of anything: its name has to tell. And a helper that speaks TLS cannot stand in for one that does not.
  const isGeneral = /^https?$/i.test(scheme);
  if (isGeneral ? !(isNamed && known) : !known && !isPort) return undefined;
  const end = groups['more']?.[1] ?? groups['host'][1];
  const tls = /(?<=[?&]sslmode=)(?:require|verify-ca|verify-full|prefer)/d.exec(text)?.indices?.[0];
  return {
    changes: [
      ...(takesOver.scheme === undefined ? [] : [{ span: { start: groups['scheme'][0], end: groups['scheme'][1] }, newText: takesOver.scheme }]),
      { span: { start: groups['host'][0], end }, newText: `${localFor(takesOver, scheme)}:${String(takesOver.at)}` },
      ...(tls === undefined ? [] : [{ span: { start: tls[0], end: tls[1] }, newText: 'disable' }]),
    ],
    host: plainHost(host),
    port: port === undefined ? undefined : Number(port),
  };
}

/** `host=db port=5432 user=x` and `user@tcp(db:3306)/x`. */
function inDsn(text: string, takesOver: TakesOver, isNamed: boolean): Address | undefined {
  const tcp = /@tcp\((?<host>[^):]+)(?::(?<port>\d+))?\)/d.exec(text);
  const words = /(?<![\w-])host=(?<host>[^\s;]+)/d.exec(text);
  const inner = tcp?.indices?.groups?.['host'] ?? words?.indices?.groups?.['host'];
  if (inner === undefined) return undefined;
  const port = tcp ?? /(?<![\w-])port=(?<port>\d+)/d.exec(text);
  const at = port?.indices?.groups?.['port'];
  const number = port?.groups?.['port'] === undefined ? undefined : Number(port.groups['port']);
  if (!isNamed && (number === undefined || !takesOver.ports.includes(number))) return undefined;
  const here = localFor(takesOver, tcp === null ? undefined : 'mysql');
  const host = { span: { start: inner[0], end: inner[1] }, newText: at === undefined ? (tcp === null ? `${here} port=${String(takesOver.at)}` : `${here}:${String(takesOver.at)}`) : here };
  const tls = /(?<=\bsslmode=)(?:require|verify-ca|verify-full|prefer)/d.exec(text)?.indices?.[0];
  return {
    changes: [
      host,
      ...(at === undefined ? [] : [{ span: { start: at[0], end: at[1] }, newText: String(takesOver.at) }]),
      ...(tls === undefined ? [] : [{ span: { start: tls[0], end: tls[1] }, newText: 'disable' }]),
    ],
    host: plainHost(text.slice(...inner)),
    port: number,
  };
}

/** A port, a host or both, behind `--flag=` or alone. */
function alone(text: string, takesOver: TakesOver): Address | undefined {
  const start = /^--?[a-z][\w-]*=/i.exec(text)?.[0].length ?? 0;
  const value = text.slice(start);
  const span = { start, end: text.length };
  if (/^\d+$/.test(value)) return { changes: [{ span, newText: String(takesOver.at) }], host: undefined, port: Number(value) };
  const match = /^(?<host>[a-z\d](?:[\w.-]*[a-z\d])?)(?::(?<port>\d+))?$/i.exec(value);
  const { host, port } = match?.groups ?? {};
  if (host === undefined || /^(?:true|false|yes|no|on|off)$/i.test(host)) return undefined;
  const here = localFor(takesOver, undefined);
  return { changes: [{ span, newText: port === undefined ? here : `${here}:${String(takesOver.at)}` }], host: plainHost(host), port: port === undefined ? undefined : Number(port) };
}

/** Clients of MySQL take `localhost` for the socket file of a server on the same machine. Source: dev.mysql.com, refman, connecting. */
function localFor({ schemes, ports }: TakesOver, scheme: string | undefined): string {
  const isMysql = scheme === undefined ? schemes.includes('mysql') && ports.includes(3306) && ports.length === 1 : /mysql|mariadb/i.test(scheme);
  return isMysql ? '127.0.0.1' : 'localhost';
}

/** A host that somebody else could connect to; undefined for this Pod itself and for what is put together at run time. */
function plainHost(host: string): string | undefined {
  return /^[a-z\d][\w.-]*$/i.test(host) && !/^(?:localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(host) ? host : undefined;
}
