import { manifestsOf } from '../../../server/src/engine/kubernetes/manifest.ts';
import type { Estimate } from '../../../server/src/engine/kubernetes/startup/estimate.ts';
import { type Simulated, simulate, type Timeline } from '../../../server/src/engine/kubernetes/startup/simulate.ts';
import type { ObjectRoot } from '../../../server/src/engine/kubernetes/types.ts';
import { parseDocument } from '../../../server/src/engine/yaml/document.ts';
import { parseTemplate } from '../../../server/src/engine/yaml/template.ts';

/** The first workload of a manifest; `{{` makes it a template of a chart. */
export function workloadIn(text: string): Pick<Simulated, 'workload' | 'manifest'> {
  const document = text.includes('{{') ? parseTemplate(text) : parseDocument(text);
  const [manifest] = manifestsOf(document.root.as<ObjectRoot>());
  if (manifest?.workload === undefined) throw new Error(`no workload in ${text}`);
  return { manifest, workload: manifest.workload };
}

export function timelineOf(text: string, version = 35, failing?: Simulated['failing']): Timeline {
  const timeline = simulate({ ...workloadIn(text), version, failing });
  if (timeline === undefined) throw new Error(`no timeline of ${text}`);
  return timeline;
}

/** A manifest around a Pod spec that is written in flow style, or in lines. */
export function manifest(kind: 'Pod' | 'Deployment' | 'Job' | 'CronJob', spec: string, job = ''): string {
  const indented = (by: number): string => spec.trim().split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
  if (kind === 'Pod') return `apiVersion: v1\nkind: Pod\nmetadata: {name: it}\nspec:\n${indented(2)}\n`;
  if (kind === 'CronJob') return `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: it}\nspec:\n  schedule: "0 * * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n${indented(10)}\n`;
  const head = kind === 'Job' ? `apiVersion: batch/v1\nkind: Job\nmetadata: {name: it}\nspec:\n${job}` : 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: it}\nspec:\n  selector: {matchLabels: {app: it}}\n';
  return `${head}  template:\n    spec:\n${indented(6)}\n`;
}

/** `0/2/31`, or `5` where all three are the same; `∞` for no bound. */
export function told({ earliest, likely, worst }: Estimate): string {
  const all = [earliest, likely, worst].map((each) => (each === Infinity ? '∞' : String(each)));
  return new Set(all).size === 1 ? (all[0] ?? '') : all.join('/');
}

/** A line for each container: name, kind, gate, start, started, ready (`-` for what is never ready). */
export function startsOf({ containers }: Timeline): readonly string[] {
  return containers.map(({ name, kind, gate, start, started, ready }) => [name, kind, gate, told(start), told(started), ready === undefined ? '-' : told(ready)].join(' '));
}

/** A line for each container in the order of the end: name, SIGTERM, SIGKILL, end. */
export function stopsOf({ termination }: Timeline): readonly string[] {
  return termination.stops.map(({ name, sigterm, sigkill, end }) => [name, told(sigterm), told(sigkill), told(end)].join(' '));
}
