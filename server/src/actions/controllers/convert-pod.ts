import { type FixOutcome, refused } from '../../engine/core/finding.ts';
import { appLabel, knownLabels } from '../../engine/kubernetes/labels.ts';
import type { Manifest } from '../../engine/kubernetes/manifest.ts';
import type { PodSpec } from '../../engine/kubernetes/types.ts';
import type { Workload } from '../../engine/kubernetes/workload.ts';
import { set, wrap } from '../../engine/yaml/edit.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { move, strike } from '../../engine/yaml/move.ts';
import { inSteps, keysOf } from '../../engine/yaml/steps.ts';
import { droppedFrom, lastApplied } from './dropped.ts';
import { claims, type Controller } from './fitting.ts';
import { reason } from './reasons.ts';

type Step = (root: Field) => FixOutcome;

const template = ['spec', 'template'] as const;
const podMetadata = [...template, 'metadata'] as const;

/** Annotations that tools read on the object they manage; all others speak of the Pod, and go with it. */
const ofObject = /^(?:argocd\.argoproj\.io|(?:meta\.)?helm\.sh|(?:internal\.)?config\.kubernetes\.io|kustomize\.toolkit\.fluxcd\.io|kapp\.k14s\.io)\//;

/**
 * Gives a Pod a controller: its spec moves under `spec.template`, as it is written, and the new object gets what the API
 * asks of it. The labels stay with the object and are copied to the template and the selector, so that Services which
 * select the Pod go on to do so.
 * @param serviceName of a StatefulSet: the Service that gives its Pods their names
 */
export function convertPod(manifest: Manifest, { podSpec }: Workload, to: Controller, serviceName: string): FixOutcome {
  const { root, metadata, name } = manifest;
  const known = knownLabels(metadata);
  if (known === undefined) return refused(reason('labels', { name: name ?? '' }));
  const base = name ?? metadata.get('generateName').text?.replace(/-+$/, '');
  const isBare = Object.keys(known).length === 0;
  if (isBare && base === undefined && to !== 'Job') return refused(reason('name'));
  const labels = isBare && to !== 'Job' ? appLabel(base ?? '') : known;
  const { recorded, said } = droppedFrom(manifest, podSpec, to);
  return inSteps(root, [
    ...[...recorded, ...said].map((field) => removal(root, field)),
    (at) => set(at.at('apiVersion'), to === 'Job' ? 'batch/v1' : 'apps/v1'),
    (at) => set(at.at('kind'), to),
    (at) => wrap(at.at('spec'), ['template', 'spec']),
    ...(Object.keys(labels).length === 0 ? [] : [(at: Field) => set(at.at(...podMetadata, 'labels'), labels, { before: ['spec'] })]),
    ...annotationSteps(metadata.get('annotations')),
    ...specSteps(podSpec, to, labels, serviceName),
  ]);
}

/** The same field in the object as the steps before left it. */
function removal(root: Field, field: Field): Step {
  const path = keysOf(field).slice(keysOf(root).length);
  return (at) => strike(at.at(...path));
}

function annotationSteps(annotations: Field): readonly Step[] {
  const keys = annotations.keys().filter((key) => key !== lastApplied);
  const moving = keys.filter((key) => !ofObject.test(key));
  if (moving.length === 0 && !annotations.opaque) return [];
  const under = (at: Field): readonly (string | number)[] => [...keysOf(at), ...podMetadata];
  const options = { before: ['spec'] };
  if (moving.length === keys.length) return [(at) => move(at.at('metadata', 'annotations'), under(at), options)];
  return moving.map((key) => (at) => move(at.at('metadata', 'annotations', key), [...under(at), 'annotations'], options));
}

/** What stands beside the template, in the order people know. */
function specSteps(podSpec: Field<PodSpec>, to: Controller, labels: Readonly<Record<string, string>>, serviceName: string): readonly Step[] {
  const put = (key: string, value: Parameters<typeof set>[1]): Step => (at) => set(at.at('spec', key), value, { before: ['template'] });
  if (to === 'Job') {
    const deadline = 'activeDeadlineSeconds';
    if (!podSpec.get(deadline).present) return [];
    return [(at) => move(at.at(...template, 'spec', deadline), [...keysOf(at), 'spec'], { before: ['template'] })];
  }
  return [
    ...(to === 'StatefulSet' ? [put('serviceName', serviceName)] : []),
    ...(to === 'DaemonSet' ? [] : [put('replicas', 1)]),
    put('selector', { matchLabels: labels }),
    // A second Pod beside the first would wait for the volume that the first one holds.
    ...(to === 'Deployment' && claims(podSpec) ? [put('strategy', { type: 'Recreate' })] : []),
  ];
}
