import { edits, type FixOutcome } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { type ClaimFact, claimsNamed } from '../../../engine/kubernetes/claim.ts';
import type { Manifest } from '../../../engine/kubernetes/manifest.ts';
import { restingPlace, storedData } from '../../../engine/kubernetes/stored-data.ts';
import { mountsOf, volumesOf } from '../../../engine/kubernetes/volumes.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import type { Report } from '../../../engine/core/rule.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';
import { inRoot, inSteps, rootOf } from '../../../engine/yaml/steps.ts';

const texts = {
  database: {
    en: 'A rolling update starts a second "{name}" on the data of claim "{claim}" while the first still uses it. Set strategy Recreate.',
    zh: '滚动更新时，旧的“{name}”仍在使用 PVC“{claim}”中的数据，新的“{name}”就会启动。请将更新策略设为 Recreate。',
  },
  stuck: {
    en: 'Claim "{claim}" is ReadWriteOncePod: a rolling update waits for a new Pod that cannot have the volume while the old one holds it. Set strategy Recreate.',
    zh: 'PVC“{claim}”为 ReadWriteOncePod：滚动更新会等待新 Pod，而旧 Pod 占用卷期间新 Pod 无法获得该卷。请将更新策略设为 Recreate。',
  },
  node: {
    en: 'Claim "{claim}" is ReadWriteOnce: a rolling update gets stuck when the new Pod lands on another node than the old one. Set strategy Recreate.',
    zh: 'PVC“{claim}”为 ReadWriteOnce：若新 Pod 被调度到与旧 Pod 不同的节点，滚动更新会卡住。请将更新策略设为 Recreate。',
  },
  recreate: { en: 'Set strategy Recreate (a short downtime at every update)', zh: '将更新策略设为 Recreate（每次更新会短暂中断）' },
};

/** A claim that a container writes to. */
interface Held {
  readonly claim: string;
  readonly field: Field;
  /** Of the Pod's volume. */
  readonly volume: string;
  readonly container: Container;
}

/**
 * A rolling update keeps the old Pod until the new one is ready (25 % of one replica is rounded down to 0 unavailable
 * and up to 1 surge). Sources: kubernetes/api apps/v1, RollingUpdateDeployment; kubernetes.io, Persistent Volumes,
 * access modes: ReadWriteOnce is for one node, ReadWriteOncePod for one Pod.
 */
export default manifestRule(
  {
    id: 'kubernetes/rolling-update-on-exclusive-volume',
    guideline: 'lifecycle',
    title: { en: 'A rolling update needs a volume that only one Pod can have.', zh: '滚动更新依赖只能由一个 Pod 使用的卷。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: ['claims'],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest, { facts }) {
    const { workload } = manifest;
    if (manifest.partial || workload?.definition?.kind !== 'Deployment') return;
    const strategy = manifest.root.at('spec', 'strategy');
    if (!overlaps(strategy, manifest.root.at('spec', 'replicas'))) return;
    const found = claimsHeld(workload).flatMap((held) => ({ held, said: weigh(held, workload, facts.claims, manifest) })).find(({ said }) => said !== undefined);
    if (found?.said === undefined) return;
    const type = strategy.at('type');
    yield {
      span: type.present ? type.span : strategy.present ? strategy.span : found.held.field.span,
      place: `${manifest.place}:spec.strategy`,
      ...found.said,
      fixes: [{ key: 'recreate', title: message(texts.recreate), safety: 'suggestion', outcome: () => recreate(strategy) }],
    };
  },
);

/** Do the old and the new Pod live at the same time, and does the old one wait for the new? */
function overlaps(strategy: Field, replicas: Field): boolean {
  const none = strategy.absent || strategy.isNull || strategy.isEmpty;
  const type = strategy.at('type');
  if (!none && (strategy.kind !== 'map' || (!type.absent && type.text !== 'RollingUpdate'))) return false;
  // Scaled to nothing, or to more Pods than can share the volume: another matter.
  if (!replicas.absent && replicas.int !== 1) return false;
  const rolling = strategy.at('rollingUpdate');
  if (none || rolling.absent || rolling.isNull) return true;
  return (ofOne(rolling.at('maxSurge'), 1, Math.ceil) ?? 0) > 0 && ofOne(rolling.at('maxUnavailable'), 0, Math.floor) === 0;
}

/** A number of Pods, or a share of one Pod in percent; undefined where it cannot be read. */
function ofOne(field: Field, otherwise: number, round: (share: number) => number): number | undefined {
  if (field.absent || field.isNull) return otherwise;
  const percent = /^(\d+)%$/.exec(field.text ?? '')?.[1];
  return percent === undefined ? field.int : round(Number(percent) / 100);
}

/** The claims of the Pod that its long-running containers write to. */
function claimsHeld({ podSpec, containers }: Workload): readonly Held[] {
  return podSpec.get('volumes').items().flatMap((volume) => {
    const claim = volume.get('persistentVolumeClaim');
    const claimName = claim.get('claimName');
    const name = volume.get('name').text;
    if (claimName.text === undefined || name === undefined || claim.get('readOnly').bool === true) return [];
    const running = containers.filter(({ role }) => role === 'app' || role === 'sidecar');
    const container = running.find((each) => mountsOf(each).items.some((mount) => mount.name === name && !mount.isReadOnly));
    return container === undefined ? [] : [{ claim: claimName.text, field: claimName, volume: name, container }];
  });
}

function weigh({ claim, volume, container }: Held, workload: Workload, claims: readonly ClaimFact[], manifest: Manifest): Pick<Report, 'severity' | 'message'> | undefined {
  const data = container.image === undefined ? undefined : storedData(container, container.image);
  if (data?.row.keeps === 'store' && data.row.level === 'source') {
    const rest = restingPlace(container, data, volumesOf(manifest, workload));
    // Two servers on the same files are wrong on every kind of volume.
    if (rest.kind === 'volume' && rest.volume?.name === volume) return { severity: 'warning', message: message(texts.database, { name: container.title, claim }) };
  }
  const modes = claimsNamed(claims, claim, manifest.namespace).flatMap(({ accessModes }) => (accessModes.length === 0 ? ['?'] : accessModes));
  if (modes.length === 0) return undefined;
  if (modes.every((mode) => mode === 'ReadWriteOncePod')) return { severity: 'warning', message: message(texts.stuck, { claim }) };
  return modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod') ? { severity: 'information', message: message(texts.node, { claim }) } : undefined;
}

/** The API refuses `rollingUpdate` beside another type. Source: pkg/apis/apps/validation, ValidateDeploymentStrategy. */
function recreate(strategy: Field): FixOutcome {
  if (strategy.kind !== 'map' || strategy.isEmpty) return set(strategy, { type: 'Recreate' }, { after: ['replicas', 'selector'] });
  return inSteps(rootOf(strategy), [
    (root) => set(inRoot(strategy, root).at('type'), 'Recreate'),
    (root) => (inRoot(strategy, root).has('rollingUpdate') ? remove(inRoot(strategy, root).at('rollingUpdate')) : edits([])),
  ]);
}
