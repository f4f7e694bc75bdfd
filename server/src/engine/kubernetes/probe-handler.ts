import type { Field } from '../yaml/field.ts';
import type { YamlMap, YamlValue } from '../yaml/render.ts';
import { type HandlerKey, handlerKeys } from './probes.ts';
import type { ProbeSpec } from './types.ts';
import type { Container } from './workload.ts';

/** What a probe asks. */
export interface ProbeHandler {
  readonly key: HandlerKey;
  /** As it is written, under its key; undefined where a template writes a part of it. */
  readonly written: YamlMap | undefined;
  /** The same for handlers that ask the same: defaults filled in, ports as numbers where they are declared. */
  readonly meaning: string | undefined;
}

/** Undefined where a probe has no handler or more than one, or where it cannot be told. */
export function handlerOf(probe: Field<ProbeSpec>, container: Container): ProbeHandler | undefined {
  const [key, other] = handlerKeys.filter((each) => !probe.get(each).absent && !probe.get(each).isNull);
  if (key === undefined || other !== undefined) return undefined;
  const value = probe.get(key).plain();
  if (!isMap(value)) return probe.get(key).kind === 'map' ? { key, written: undefined, meaning: undefined } : undefined;
  const usual = key === 'httpGet' ? { path: '/', scheme: 'HTTP' } : {};
  const whole: YamlMap = { ...usual, ...value };
  const port = container.ports.find(({ name }) => name !== undefined && name === whole['port'])?.number ?? whole['port'] ?? null;
  const entries = Object.entries({ ...whole, port }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { key, written: { [key]: value }, meaning: JSON.stringify([key, entries]) };
}

/** Do both ask the same? Never true where one of them is not known whole. */
export function isSameHandler(one: ProbeHandler | undefined, other: ProbeHandler | undefined): boolean {
  return one?.meaning !== undefined && one.meaning === other?.meaning;
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
