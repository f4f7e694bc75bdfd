import type { Workload } from '../../engine/kubernetes/workload.ts';
import type { Parts } from '../cut.ts';

/** All containers of a Pod share their ports. */
export function portsOf({ containers }: Workload): ReadonlySet<number> {
  const ports = containers.flatMap((container) => [
    ...container.ports.map(({ number }) => number),
    ...['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) =>
      ['httpGet', 'tcpSocket', 'grpc'].map((handler) => container.field.at(probe, handler, 'port').int)),
  ]);
  return new Set(ports.filter((port) => port !== undefined));
}

/** The port that the app serves on: the first it declares, else the one its probes ask. */
export function servedBy({ app, workload }: { readonly app: Workload['containers'][number]; readonly workload: Workload }): number | undefined {
  const declared = app.ports.find(({ number, protocol }) => number !== undefined && protocol === 'TCP')?.number;
  return declared ?? [...portsOf({ ...workload, containers: [app] })][0];
}

/** The ports that the helpers of a scenario open. */
export function openedBy({ helpers }: Parts, alsoListens: readonly number[] = []): readonly number[] {
  return [...new Set([...helpers.flatMap(({ container }) => container.ports.flatMap(({ number }) => number ?? [])), ...alsoListens])];
}

/** New ports for those that the Pod uses already: the next that nobody has. Undefined where there is none. */
export function moves(own: readonly number[], taken: ReadonlySet<number>): ReadonlyMap<number, number> | undefined {
  const used = new Set([...own, ...taken]);
  const moved = new Map<number, number>();
  for (const port of own.filter((each) => taken.has(each))) {
    let free = port + 1;
    while (used.has(free)) free += 1;
    if (free > 65535) return undefined;
    used.add(free);
    moved.set(port, free);
  }
  return moved;
}

const local = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\*|\[?::1?\]?|\$\{?HOSTNAME\}?)$/;
/** What names another host right before a port: `db.example.com:`. */
const host = /(?:^|[\s"'=/@,([{])([\w.*$(){}[\]:-]*[\w*)\]}]):$/;
/** The same earlier on the line, or on the line above: `address: db, port_value: `. */
const hostKey = /(?:^|[\s{,-])(?:address|host(?:name)?|server)["']?\s*[:=]\s*["']?([^\s,"'}]+)/;

/** The text with ports moved wherever they are the helper's own. Ports of other hosts stay, and so do other numbers. */
export function movePorts(text: string, moved: ReadonlyMap<number, number>): string {
  if (moved.size === 0) return text;
  const pattern = new RegExp(`(?<![\\w.-])(?:${[...moved.keys()].join('|')})(?![\\w.%])`, 'g');
  const lines = text.split('\n');
  return lines.map((line, index) => line.replace(pattern, (port: string, at: number) => {
    const before = line.slice(0, at);
    const named = host.exec(before)?.[1] ?? hostKey.exec(before)?.[1] ?? (/^\s*(?:- )?port\w*:\s*$/.test(before) ? aboveOf(lines, index) : undefined);
    return named !== undefined && !local.test(named) ? port : String(moved.get(Number(port)) ?? port);
  })).join('\n');
}

function aboveOf(lines: readonly string[], index: number): string | undefined {
  const above = lines[index - 1] ?? '';
  return /^\s*(?:- )?(?:address|host(?:name)?|server):/.test(above) ? hostKey.exec(above)?.[1] : undefined;
}
