import type { FixOutcome } from '../core/finding.ts';
import { append, set } from '../yaml/edit.ts';
import type { Field } from '../yaml/field.ts';
import type { YamlMap, YamlValue } from '../yaml/render.ts';
import type { Listed, Volume } from './volumes.ts';

/** What a new claim asks for, which a person must judge: enough for a small database, and most classes can grow it later. */
const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } } as const satisfies YamlMap;

/** An emptyDir: it lives as long as its Pod. */
export function emptyDir(name: string): YamlMap {
  return { name, emptyDir: {} };
}

/** A claim template of a StatefulSet: every Pod gets a volume of its own, and finds it again. */
export function claimTemplate(name: string): YamlMap {
  return { metadata: { name }, spec: claimSpec };
}

/** A PersistentVolumeClaim to stand beside its workload. */
export function claim(name: string, namespace: string | undefined): YamlMap {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claimSpec };
}

/** Puts a value behind the last item of a list; a list that is not there comes behind these keys of its map. */
export function addItem(list: Field, value: YamlValue, after: readonly string[]): FixOutcome {
  return list.absent ? set(list, [value], { after }) : append(list, value);
}

/** A name that no volume of the Pod has: the first of these that is free, else the last with a number. Source of the length: RFC 1123 labels. */
export function freeName(volumes: Listed<Volume>, wanted: readonly string[]): string {
  const taken = new Set(volumes.items.map(({ name }) => name));
  const fitting = wanted.map((name) => name.slice(0, 60));
  const free = fitting.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  let number = 2;
  while (taken.has(`${fitting.at(-1) ?? 'data'}-${String(number)}`)) number += 1;
  return `${fitting.at(-1) ?? 'data'}-${String(number)}`;
}
