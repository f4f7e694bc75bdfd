import { bestGate } from '../../../actions/add-startup-probe.ts';
import { toNativeSidecar } from '../../../actions/native-sidecar.ts';
import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { type KubernetesVersion, supports } from '../../../engine/kubernetes/versions.ts';
import type { Container } from '../../../engine/kubernetes/workload.ts';
import { type ContainerView, containerRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';

const texts = {
  unknown: {
    en: 'There is no restartPolicy "{value}": it is Always, OnFailure or Never.',
    zh: '不存在 restartPolicy“{value}”：只能是 Always、OnFailure 或 Never。',
  },
  refused: {
    en: 'Kubernetes 1.{version} takes {key} only as Always on init containers; "{name}" is refused. It counts for single containers from 1.35 on.',
    zh: 'Kubernetes 1.{version} 仅接受初始化容器上值为 Always 的 {key}，会拒绝“{name}”。自 1.35 起才可用于单个容器。',
  },
  dropped: {
    en: 'Kubernetes 1.{version} drops {key} of "{name}" unless the feature gate ContainerRestartRules is on. It counts for single containers from 1.35 on.',
    zh: '除非启用特性门控 ContainerRestartRules，否则 Kubernetes 1.{version} 会丢弃“{name}”的 {key}。自 1.35 起才可用于单个容器。',
  },
  spell: { en: 'Write {value}', zh: '改为 {value}' },
  remove: { en: 'Remove {key}', zh: '删除 {key}' },
  native: { en: 'Convert "{name}" to a native sidecar', zh: '将“{name}”改为原生边车容器' },
};

const values = ['Always', 'OnFailure', 'Never'] as const;

/**
 * KEP-5307: `restartPolicy` and `restartPolicyRules` of single containers, alpha in 1.34, on by default in 1.35. Before, only
 * `Always` on init containers is known (KEP-753); anything else is refused. Source: pkg/apis/core/validation.
 */
export default containerRule(
  {
    id: 'kubernetes/container-restart-policy',
    guideline: 'validity',
    title: { en: 'The target version takes no such restartPolicy on a container.', zh: '目标版本不接受容器上的这种 restartPolicy。' },
    severities: ['error', 'warning'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-start-not-gated', 'kubernetes/readiness-orders-nothing', 'kubernetes/native-sidecar-unsupported', 'kubernetes/no-memory-limit', 'kubernetes/no-resource-requests'],
  },
  function* (view, { version, builtImage }) {
    const { manifest, container } = view;
    const { field, role, title: name } = container;
    if (role !== 'app' && role !== 'init') return;
    const policy = field.get('restartPolicy');
    const rules = field.at('restartPolicyRules');
    const at = policy.text === undefined ? rules : policy;
    if (!at.present || at.isNull) return;
    const key = String(at.key);
    const value = policy.text ?? '';
    const isValid = at === rules || values.some((each) => each === value);
    if (isValid && supports(version, 'containerRestartRules')) return;
    const image = field.get('image').text;
    yield {
      span: at === rules ? (rules.keySpan ?? rules.span) : policy.span,
      place: `${manifest.place}:${at.path}`,
      ...said({ isValid, version, value, name, key }),
      fixes: at === rules ? [] : fixesOf(view, value, version, () => bestGate(container, version, image === undefined ? undefined : builtImage(image)?.stage)),
    };
  },
);

interface Told {
  readonly isValid: boolean;
  readonly version: KubernetesVersion;
  readonly value: string;
  readonly name: string;
  readonly key: string;
}

function said({ isValid, version, value, name, key }: Told): { readonly severity: Severity; readonly message: Message } {
  if (!isValid) return { severity: 'error', message: message(texts.unknown, { value }) };
  return version < 34 ? { severity: 'error', message: message(texts.refused, { version, name, key }) } : { severity: 'warning', message: message(texts.dropped, { version, name, key }) };
}

function fixesOf({ workload, container }: ContainerView, value: string, version: KubernetesVersion, gate: () => ReturnType<typeof bestGate>): readonly Fix[] {
  const policy = container.field.get('restartPolicy');
  const meant = values.find((each) => each.toLowerCase() === value.toLowerCase() && each !== value);
  const isKnown = supports(version, 'containerRestartRules') || (meant === 'Always' && container.role === 'init' && supports(version, 'nativeSidecar'));
  if (meant !== undefined && isKnown) return [fix('spell', message(texts.spell, { value: meant }), () => set(policy, meant))];
  const drop = fix('remove', message(texts.remove, { key: 'restartPolicy' }), () => remove(policy));
  const isSidecar = (meant ?? value) === 'Always' && container.role === 'app' && supports(version, 'nativeSidecar') && hasNeighbour(workload.containers, container);
  return isSidecar ? [drop, fix('convert', message(texts.native, { name: container.title }), () => toNativeSidecar(workload, container, gate()))] : [drop];
}

function hasNeighbour(containers: readonly Container[], container: Container): boolean {
  return containers.some(({ role, field }) => role === 'app' && field !== container.field);
}

function fix(key: string, title: Message, outcome: Fix['outcome']): Fix {
  return { key, title, safety: 'suggestion', outcome };
}
