import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import type { Report } from '../../../engine/core/rule.ts';
import { type DeclaredPort, declaredPort } from '../../../engine/kubernetes/declared-ports.ts';
import { flaggedPorts } from '../../../engine/kubernetes/port-flags.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  shared: {
    en: 'Containers "{name}" and "{other}" both declare port {port}, but the containers of a Pod share one network. Unless a declaration is wrong, the second to listen fails: give it another port.',
    zh: '容器“{name}”与“{other}”都声明了端口 {port}，但同一 Pod 的容器共用一个网络。除非其中一处声明有误，否则后监听的会失败，请为它更换端口。',
  },
  flagged: {
    en: 'Containers "{name}" and "{other}" both declare port {port}, but "{told}" is told to listen on {flag}. Declare that port.',
    zh: '容器“{name}”与“{other}”都声明了端口 {port}，但启动参数让“{told}”监听 {flag}。请声明该端口。',
  },
  declare: { en: 'Declare port {flag}', zh: '声明端口 {flag}' },
  host: {
    en: 'Container "{name}" takes port {port} of the node, which container "{other}" takes already, so the API server refuses the Pod. Choose another port.',
    zh: '容器“{name}”占用的节点端口 {port} 已被容器“{other}”占用，API 服务器会拒绝该 Pod。请更换端口。',
  },
  twice: {
    en: 'Container "{name}" declares port {port} twice, which server-side apply refuses. Remove one of the two.',
    zh: '容器“{name}”重复声明了端口 {port}，服务器端应用（server-side apply）会拒绝。请删除其中一个。',
  },
  first: { en: 'Container "{other}" declares port {port} here', zh: '容器“{other}”在此处声明了端口 {port}' },
  remove: { en: 'Remove the repeated port', zh: '删除重复的端口' },
};

/**
 * Sources: kubernetes.io, Pods, "Pod networking" (one network namespace); kubernetes/kubernetes, pkg/apis/core/validation,
 * AccumulateUniqueHostPorts, and pkg/apis/core/v1/defaults.go, defaultHostNetworkPorts (with hostNetwork every
 * containerPort is a hostPort); pkg/api/pod/warnings.go for repeated ports; core/v1 types.go, listMapKey of `ports`.
 */
export default manifestRule(
  {
    id: 'kubernetes/port-clash',
    guideline: 'validity',
    title: { en: 'Two containers of a Pod use the same port.', zh: '同一 Pod 的两个容器使用了相同的端口。' },
    severities: ['error', 'warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    if (manifest.partial) return;
    for (const workload of manifest.workloads) yield* clashes(workload, manifest.place);
  },
);

function* clashes({ podSpec, isPodSpec, containers }: Workload, place: string): Iterable<Report> {
  // Init containers run one after the other; tasks of other systems run each in its own time.
  const running = isPodSpec ? containers.filter(({ role }) => role === 'app' || role === 'sidecar') : [];
  const isOnHost = podSpec.get('hostNetwork').bool === true;
  const all = running.flatMap((container) => container.ports.flatMap((port) => declaredPort(container, port, isOnHost)));
  for (const [index, one] of all.entries()) {
    const before = all.slice(0, index).filter(({ container, field }) => mayMeet(field.branch, one.field.branch) && !isNamesake(container, one.container));
    const taken = one.host === undefined ? undefined : before.find(({ host }) => host === one.host);
    const same = taken ?? before.find(({ number, protocol }) => number === one.number && protocol === one.protocol);
    if (same === undefined) continue;
    const isOwn = same.container === one.container;
    const kind = taken !== undefined ? 'host' : !isOwn ? 'shared' : isSaidTwice(one, same) ? 'twice' : undefined;
    const wrong = kind === 'shared' ? [one, same].find(isToldOther) : undefined;
    if (wrong !== undefined) yield misdeclared(one, same, wrong, place);
    else if (kind !== undefined) yield report(one, same, kind, place);
  }
}

const severities: Readonly<Record<'host' | 'shared' | 'twice', Severity>> = { host: 'error', shared: 'warning', twice: 'information' };

function report(one: DeclaredPort, same: DeclaredPort, kind: 'host' | 'shared' | 'twice', place: string): Report {
  const number = kind === 'host' ? (one.field.get('hostPort').int ?? one.number) : one.number;
  const args = { name: one.container.title, other: same.container.title, port: `${String(number)}/${one.protocol}` };
  const [said, first]: readonly Text[] = [texts[kind], texts.first];
  const repeated = same.container === one.container ? repetition(one, same) : undefined;
  const fixes: Fix[] = repeated === undefined ? [] : [{ key: 'remove', title: message(texts.remove), safety: 'suggestion', outcome: () => remove(repeated) }];
  const at = kind === 'host' && one.field.get('hostPort').present ? one.field.get('hostPort') : one.field.get('containerPort');
  return {
    span: at.span,
    place: `${place}:${one.field.path}`,
    severity: severities[kind],
    message: message(said ?? texts.shared, args),
    related: [{ span: same.field.get('containerPort').span, message: message(first ?? texts.first, args) }],
    fixes,
  };
}

/** Does the command line of the container name ports, and this one not? Then the declaration is what is wrong. */
function isToldOther({ container, number }: DeclaredPort): boolean {
  const flagged = flaggedPorts(container);
  return flagged.length > 0 && !flagged.includes(number);
}

function misdeclared(one: DeclaredPort, same: DeclaredPort, wrong: DeclaredPort, place: string): Report {
  const [flag = 0, ...more] = flaggedPorts(wrong.container);
  const args = { name: one.container.title, other: same.container.title, told: wrong.container.title, port: `${String(one.number)}/${one.protocol}`, flag };
  const [{ container }, at] = [wrong, wrong.field.get('containerPort')];
  const isOnly = more.length === 0 && container.ports.length === 1;
  return {
    span: at.span,
    place: `${place}:${wrong.field.path}`,
    severity: 'information',
    message: message(texts.flagged, args),
    related: wrong === one ? [{ span: same.field.get('containerPort').span, message: message(texts.first, args) }] : [],
    fixes: isOnly ? [{ key: 'declare', title: message(texts.declare, { flag }), safety: 'suggestion', outcome: () => set(at, flag) }] : [],
  };
}

/** Conditions of a template may let only one of two be there. */
function mayMeet(a: number, b: number): boolean {
  return a === b || a === 0 || b === 0;
}

/** Most likely one container was pasted twice: duplicate-container-name says so. */
function isNamesake(one: Container, other: Container): boolean {
  return one !== other && one.name !== '' && one.name === other.name;
}

/** Two names for one number are useful to Services; ports of the node are each a port of its own. */
function isSaidTwice(one: DeclaredPort, same: DeclaredPort): boolean {
  return one.host === same.host && !one.field.get('hostPort').present && (one.port.name === same.port.name || one.port.name === undefined || same.port.name === undefined);
}

/** The one of the two that says nothing more than the other. */
function repetition({ field: one }: DeclaredPort, { field: same }: DeclaredPort): Field | undefined {
  const says = (a: Field, b: Field): boolean => b.keys().every((key) => a.has(key) && a.at(key).scalar !== undefined && a.at(key).scalar === b.at(key).scalar);
  return says(same, one) ? one : says(one, same) ? same : undefined;
}
