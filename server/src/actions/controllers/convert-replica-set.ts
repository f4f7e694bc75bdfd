import { type FixOutcome, refused } from '../../engine/core/finding.ts';
import { appLabel, knownLabels } from '../../engine/kubernetes/labels.ts';
import type { Manifest } from '../../engine/kubernetes/manifest.ts';
import type { Workload } from '../../engine/kubernetes/workload.ts';
import { remove, set, wrap } from '../../engine/yaml/edit.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { inSteps } from '../../engine/yaml/steps.ts';
import { reason } from './reasons.ts';

type Step = (root: Field) => FixOutcome;

/**
 * Makes a Deployment of a ReplicaSet or ReplicationController: its spec is one of a Deployment's already, but for the
 * selector, which may be left out in the old kinds and is a plain map in a ReplicationController.
 */
export function convertReplicaSet(manifest: Manifest, { podMetadata }: Workload): FixOutcome {
  const { root, name } = manifest;
  const selector = root.at('spec', 'selector');
  const known = knownLabels(podMetadata);
  const isMissing = selector.absent || selector.isEmpty;
  if (selector.state === 'unknown' || (isMissing && known === undefined)) return refused(reason('labels', { name: name ?? '' }));
  const isBare = known !== undefined && Object.keys(known).length === 0;
  if (isBare && name === undefined) return refused(reason('name'));
  // A ReplicaSet that has a selector and no labels is refused by the API already; the selector says what they should be.
  const labels = isBare ? appLabel(name ?? '') : known;
  const isPlain = manifest.kind === 'ReplicationController' && !isMissing;
  return inSteps(root, [
    ...(root.at('status').present ? [(at: Field) => remove(at.at('status'))] : []),
    (at) => set(at.at('apiVersion'), 'apps/v1'),
    (at) => set(at.at('kind'), 'Deployment'),
    ...(isPlain ? [(at: Field) => wrap(at.at('spec', 'selector'), ['matchLabels'])] : []),
    ...(isMissing && labels !== undefined ? made(labels, isBare) : []),
  ]);
}

function made(labels: Readonly<Record<string, string>>, isBare: boolean): readonly Step[] {
  return [
    (at) => set(at.at('spec', 'selector'), { matchLabels: labels }, { before: ['template'] }),
    ...(isBare ? [(at: Field) => set(at.at('spec', 'template', 'metadata', 'labels'), labels, { before: ['spec'] })] : []),
  ];
}
