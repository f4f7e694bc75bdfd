import { type FixOutcome, refused } from '../../engine/core/finding.ts';
import { appLabel, knownLabels } from '../../engine/kubernetes/labels.ts';
import type { Manifest } from '../../engine/kubernetes/manifest.ts';
import type { SchemaChange } from '../../engine/kubernetes/removed-versions.ts';
import { remove, rename, set } from '../../engine/yaml/edit.ts';
import type { YamlValue } from '../../engine/yaml/render.ts';
import { inSteps } from '../../engine/yaml/steps.ts';
import { migrateAutoscaler } from './autoscaler.ts';
import { migrateIngress } from './ingress.ts';
import { reason } from './reasons.ts';
import { at, byHand, type Migration, type Step, steps } from './step.ts';

/** Writes an object for another API version, with all that has to change with it; refuses where a person has to decide. */
export function migrate(manifest: Manifest, to: string, change: SchemaChange): FixOutcome {
  const migration = migrations[change](manifest);
  if (migration.kind === 'refused') return refused(migration.reason);
  return inSteps(manifest.root, [at(['apiVersion'], (field) => set(field, to)), ...migration.steps]);
}

/** Each as the section of its kind in the deprecation guide says. */
const migrations: Readonly<Record<SchemaChange, (manifest: Manifest) => Migration>> = {
  none: () => steps(),
  gone: () => steps(),
  definition: () => byHand(reason('definition')),
  event: () => byHand(reason('event')),
  ingress: ({ root }) => migrateIngress(root),
  metrics: ({ root }) => migrateAutoscaler(root),
  selector: migrateController,
  webhooks: migrateWebhooks,
  budget: ({ root }) => {
    const selector = root.at('spec', 'selector');
    return selector.present && selector.isEmpty && !selector.isNull ? byHand(reason('budget')) : steps();
  },
  shares: ({ root }) => {
    const path = ['spec', 'limited', 'assuredConcurrencyShares'];
    return root.at(...path).present ? steps(at(path, (field) => rename(field, 'nominalConcurrencyShares'))) : steps();
  },
  groups: ({ root }) => (root.at('spec', 'group').present ? steps(at(['spec', 'group'], (field) => rename(field, 'groups'))) : steps()),
  signer: ({ root }) => {
    const signer = root.at('spec', 'signerName');
    return signer.present && root.at('spec', 'usages').present && signer.text !== 'kubernetes.io/legacy-unknown' ? steps() : byHand(reason('signer'));
  },
  topology: ({ root }) => {
    const old = root.at('endpoints').items().map((endpoint) => endpoint.at('topology')).find(({ present }) => present);
    return old === undefined ? steps() : byHand(reason('topology', { path: old.path }));
  },
};

/** A selector is required since apps/v1beta2: the labels of the template, as it was by default. */
function migrateController({ root, name, workload }: Manifest): Migration {
  const selector = root.at('spec', 'selector');
  const dropped = ['rollbackTo', 'templateGeneration'].filter((key) => root.at('spec', key).present).map((key) => at(['spec', key], remove));
  if (selector.present && !selector.isEmpty) return steps(...dropped);
  const known = workload === undefined ? undefined : knownLabels(workload.podMetadata);
  const isBare = known !== undefined && Object.keys(known).length === 0;
  if (selector.state === 'unknown' || known === undefined || (isBare && name === undefined)) return byHand(reason('labels'));
  const labels = isBare ? appLabel(name ?? '') : known;
  return steps(
    ...dropped,
    at(['spec', 'selector'], (field) => set(field, { matchLabels: labels }, { before: ['template'] })),
    ...(isBare ? [at(['spec', 'template', 'metadata', 'labels'], (field) => set(field, labels, { before: ['spec'] }))] : []),
  );
}

/** What the beta version took where nothing was written, and v1 does not. */
const webhookDefaults: readonly (readonly [key: string, value: YamlValue])[] = [
  ['admissionReviewVersions', ['v1beta1']],
  ['failurePolicy', 'Ignore'],
  ['matchPolicy', 'Exact'],
  ['timeoutSeconds', 30],
];

function migrateWebhooks({ root }: Manifest): Migration {
  const found: Step[] = [];
  for (const [index, webhook] of root.at('webhooks').items().entries()) {
    const effects = webhook.at('sideEffects').text;
    if (effects !== 'None' && effects !== 'NoneOnDryRun') return byHand(reason('sideEffects', { path: webhook.path }));
    for (const [key, value] of webhookDefaults) {
      if (webhook.at(key).absent) found.push(at(['webhooks', index, key], (field) => set(field, value)));
    }
  }
  return steps(...found);
}
