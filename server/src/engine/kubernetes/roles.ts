import { type HelperImage, helpersFor, type Scenario } from '../catalog/helper-images.ts';
import { message, type Message, type Text } from '../core/message.ts';
import { commandLine, commandWords, pauses } from './command-line.ts';
import { flaggedPorts } from './port-flags.ts';
import { loopbackPorts } from './loopback.ts';
import { mountsOf } from './volumes.ts';
import type { Container, Workload } from './workload.ts';

/** A multi-container pattern; `app`: what the Pod is for; `none`: nobody can tell, or an ordinary init container. */
export type Pattern = 'sidecar' | 'ambassador' | 'adapter' | 'config-helper' | 'app' | 'none';

/** The part that a container plays in its Pod. */
export interface PatternRole {
  readonly container: Container;
  readonly pattern: Pattern;
  /** `<pattern>/<scenario>`; undefined for `app` and `none`, and where only the pattern is known. */
  readonly scenario: Scenario | undefined;
  /** What runs in it, where its image is one of the catalog's. */
  readonly helper: HelperImage | undefined;
  /** What says so, the strongest first. Sentences. */
  readonly evidence: readonly Message[];
}

/** Texts of ConfigMaps by name, as far as somebody knows them. */
export type ConfigTexts = ReadonlyMap<string, string>;

const texts = {
  image: { en: 'Its image is {component}.', zh: '它的镜像是 {component}。' },
  says: { en: 'Its image is {component}, and its command line or configuration says what for.', zh: '它的镜像是 {component}，其命令行或配置说明了用途。' },
  unclear: { en: 'Its image is {component}, but nothing in the file says what it does here.', zh: '它的镜像是 {component}，但文件中没有说明它在这里的用途。' },
  asked: { en: '"{other}" calls it at localhost:{port}.', zh: '“{other}”通过 localhost:{port} 调用它。' },
  asks: { en: 'It calls "{other}" at localhost:{port}.', zh: '它通过 localhost:{port} 调用“{other}”。' },
  reads: { en: 'It reads volume "{volume}", which "{other}" writes.', zh: '它读取由“{other}”写入的卷“{volume}”。' },
  writes: { en: 'It writes volume "{volume}", which "{other}" reads.', zh: '它写入由“{other}”读取的卷“{volume}”。' },
  follows: { en: 'It follows {path}, in volume "{volume}", which "{other}" writes.', zh: '它持续读取卷“{volume}”中的 {path}，该卷由“{other}”写入。' },
  native: { en: 'It is a native sidecar: it starts before the app and stops after it.', zh: '它是原生边车容器：先于应用启动，晚于应用停止。' },
  init: { en: 'It is an init container: it ends before the app starts.', zh: '它是初始化容器：在应用启动之前结束。' },
  only: { en: 'No other container of the Pod runs beside it.', zh: 'Pod 中没有其他容器与它同时运行。' },
  rest: { en: 'All other containers of the Pod are helpers.', zh: 'Pod 中的其他容器都是辅助容器。' },
  marked: { en: 'The Pod names it in the annotation kubectl.kubernetes.io/default-container.', zh: 'Pod 的注解 kubectl.kubernetes.io/default-container 指定了它。' },
  same: { en: 'It runs the same image as the app, "{other}".', zh: '它与应用“{other}”使用同一个镜像。' },
} satisfies Readonly<Record<string, Text>>;

const nothing: ConfigTexts = new Map();
/** The most containers of a Pod that are looked at together. */
export const mostContainers = 100;
/** Several rules ask about the same Pod. */
const known = new WeakMap<Workload, readonly PatternRole[]>();

/**
 * The parts that the containers of a Pod play, in their order. What is not sure is not named: an image that may be many things
 * needs words that say which, and a container that stands alone is the app, whatever its image.
 * @param configs tell what proxies and collectors are set up for; without them only the Pod itself is read
 */
export function rolesOf(workload: Workload, configs: ConfigTexts = nothing): readonly PatternRole[] {
  const made = configs.size === 0 ? known.get(workload) : undefined;
  if (made !== undefined) return made;
  const roles = castOf(workload, configs);
  if (configs.size === 0) known.set(workload, roles);
  return roles;
}

/** The part that one container plays. */
export function roleOf(workload: Workload, container: Container, configs?: ConfigTexts): PatternRole {
  return rolesOf(workload, configs).find((role) => role.container === container) ?? unnamed(container);
}

/** The app of the Pod that a helper stands beside; undefined where nothing tells which container it is. */
export function appBeside(workload: Workload, { field }: Container): Container | undefined {
  const app = rolesOf(workload).find(({ pattern }) => pattern === 'app')?.container;
  return app?.field === field ? undefined : app;
}

/** Is it there for another container of its Pod? */
export function isHelper({ pattern }: PatternRole): boolean {
  return pattern !== 'app' && pattern !== 'none';
}

function unnamed(container: Container, evidence: readonly Message[] = []): PatternRole {
  return { container, pattern: 'none', scenario: undefined, helper: undefined, evidence };
}

function castOf(workload: Workload, configs: ConfigTexts): readonly PatternRole[] {
  const { containers, isPodSpec } = workload;
  // What only holds the Pod open is nobody's neighbour.
  const running = containers.filter((container) => (container.role === 'app' || container.role === 'sidecar') && !pauses(container));
  const lists = running.filter(({ role }) => role === 'app');
  // Each is compared with each, and no Pod of a person has so many.
  if (!isPodSpec || containers.length > mostContainers) return containers.map((container) => unnamed(container));
  const cast = containers.map((container) => {
    const isAlone = running.length < 2 && container.role !== 'init';
    return isAlone || container.role === 'ephemeral' || pauses(container) ? unnamed(container) : helperRole(workload, container, configs);
  });
  const app = appAmong(workload, cast.filter(({ container }) => lists.includes(container)));
  return cast.map((role) => {
    const { container } = role;
    if (container === app) return { ...unnamed(container, [message(reasonFor(workload, container, lists))]), pattern: 'app' };
    const isTwin = app?.image !== undefined && role.helper !== undefined && app.image.repository === container.image?.repository;
    return isTwin ? unnamed(container, [message(texts.same, { other: app.title })]) : role;
  });
}

function reasonFor({ podMetadata }: Workload, container: Container, lists: readonly Container[]): Text {
  if (isMarked(podMetadata, container)) return texts.marked;
  return lists.length === 1 ? texts.only : texts.rest;
}

function isMarked(podMetadata: Workload['podMetadata'], { name }: Container): boolean {
  return name !== '' && podMetadata.get('annotations').at('kubectl.kubernetes.io/default-container').text === name;
}

/** The container that the Pod is for: the one that is marked, or the only one that is no helper; of helpers alone, the first that also runs by itself. */
function appAmong({ podMetadata }: Workload, roles: readonly PatternRole[]): Container | undefined {
  const marked = roles.find(({ container }) => isMarked(podMetadata, container));
  const [first, second] = roles.filter(({ helper, pattern }) => helper === undefined && pattern === 'none');
  if (marked !== undefined || first !== undefined) return marked?.container ?? (second === undefined ? first?.container : undefined);
  const unclear = roles.filter(({ pattern }) => pattern === 'none');
  return (unclear[0] ?? roles.find(({ helper }) => helper?.alone === true) ?? roles[0])?.container;
}

function helperRole(workload: Workload, container: Container, configs: ConfigTexts): PatternRole {
  const wiring = wiringOf(workload, container);
  const found = container.image === undefined ? [] : helpersFor(container.image);
  const said = `${commandLine(container)}\n${configText(workload, container, configs)}`.slice(0, longestConfig);
  const helper = found.find((row) => row.needs?.test(said) !== false && row.unless?.test(said) !== true && fits(row, container));
  const place = container.role === 'sidecar' ? [message(texts.native)] : container.role === 'init' ? [message(texts.init)] : [];
  if (helper === undefined) return follower(workload, container, place) ?? unnamed(container, [...wiring.map(({ said: each }) => each), ...place]);
  const { component } = helper;
  const told = helper.when?.find(([words]) => words.test(said))?.[1];
  const scenario = told ?? helper.plays;
  const evidence = [...wiring.map(({ said: each }) => each), ...place];
  if (scenario !== undefined) {
    const first = message(told !== undefined || helper.needs !== undefined ? texts.says : texts.image, { component });
    return { container, helper, pattern: patternOf(scenario), scenario, evidence: [first, ...evidence] };
  }
  // A proxy that the app calls on loopback stands for something further away; one that calls the app stands before it.
  const calls = wiring.find(({ kind }) => kind === 'asked' || kind === 'asks');
  const isProxy = /^(?:Envoy|HAProxy|NGINX|Ghostunnel)$/.test(component);
  if (!isProxy || calls === undefined) return { ...unnamed(container, [message(texts.unclear, { component }), ...evidence]), helper };
  const isInbound = calls.kind === 'asks';
  return { container, helper, pattern: isInbound ? 'sidecar' : 'ambassador', scenario: isInbound ? 'sidecar/network-proxy' : undefined, evidence: [message(texts.image, { component }), ...evidence] };
}

function fits({ as }: HelperImage, { role }: Container): boolean {
  return as === undefined || (role === 'init') === (as === 'init');
}

function patternOf(scenario: Scenario): Pattern {
  return scenario.slice(0, scenario.indexOf('/')) as Pattern;
}

interface Wire {
  readonly kind: 'asked' | 'asks' | 'reads' | 'writes';
  readonly said: Message;
}

/** What ties a container to others of its Pod: calls on loopback, and volumes that one writes and the other reads. */
function wiringOf({ containers }: Workload, container: Container): readonly Wire[] {
  const others = containers.filter((other) => other !== container && other.role !== 'ephemeral');
  const [own, named] = [portsOf(container), loopbackPorts(container)];
  return others.flatMap((other): readonly Wire[] => {
    // An init container is gone before anybody could call it.
    const areTogether = container.role !== 'init' && other.role !== 'init';
    const asked = !areTogether ? undefined : [...loopbackPorts(other)].find((port) => own.has(port) && !portsOf(other).has(port));
    const asks = !areTogether ? undefined : [...named].find((port) => portsOf(other).has(port) && !own.has(port));
    return [
      ...(asked === undefined ? [] : [{ kind: 'asked', said: message(texts.asked, { other: other.title, port: asked }) } as const]),
      ...(asks === undefined ? [] : [{ kind: 'asks', said: message(texts.asks, { other: other.title, port: asks }) } as const]),
      ...sharedVolumes(container, other),
    ];
  });
}

/** The ports a container listens on, as far as the file or the catalog tells. */
export function portsOf(container: Container): ReadonlySet<number> {
  const written = [...container.ports.flatMap(({ number }) => number ?? []), ...flaggedPorts(container)];
  const usual = written.length > 0 || container.image === undefined ? [] : (helpersFor(container.image)[0]?.ports ?? []);
  return new Set([...written, ...usual]);
}

function sharedVolumes(container: Container, other: Container): readonly Wire[] {
  const theirs = mountsOf(other).items;
  return mountsOf(container).items.flatMap((mount): readonly Wire[] => {
    const match = theirs.find(({ name }) => name !== undefined && name === mount.name);
    if (match === undefined || match.isReadOnly === mount.isReadOnly) return [];
    const args = { volume: mount.name ?? '', other: other.title };
    return [mount.isReadOnly ? { kind: 'reads', said: message(texts.reads, args) } : { kind: 'writes', said: message(texts.writes, args) }];
  });
}

/** `tail -F` of a file that another container writes: the log goes to this container's output. */
function follower(workload: Workload, container: Container, place: readonly Message[]): PatternRole | undefined {
  if (container.role === 'init') return undefined;
  const words = commandWords(container).join(' ').slice(0, longestConfig);
  if (!/(?:^|[\s;&/])tail\s+(?:\S+\s+)*?(?:-\w*[fF]|--follow)/.test(words)) return undefined;
  for (const mount of mountsOf(container).items) {
    const other = workload.containers.find((each) => each !== container && each.role !== 'init' && mountsOf(each).items.some(({ name }) => name !== undefined && name === mount.name));
    const at = mount.path === undefined ? -1 : words.indexOf(`${mount.path}/`);
    if (other === undefined || at < 0) continue;
    const path = /^[^\s;&|"')]+/.exec(words.slice(at))?.[0] ?? mount.path ?? '';
    const said = message(texts.follows, { path, volume: mount.name ?? '', other: other.title });
    return { container, pattern: 'sidecar', scenario: 'sidecar/log-shipping', helper: undefined, evidence: [said, ...place] };
  }
  return undefined;
}

/** Longer configurations are not read to their end: what a proxy is for stands early. */
const longestConfig = 20_000;

function configText({ podSpec }: Workload, container: Container, configs: ConfigTexts): string {
  if (configs.size === 0) return '';
  const mounted = new Set(mountsOf(container).items.map(({ name }) => name));
  const volumes = podSpec.get('volumes').items().filter((volume) => mounted.has(volume.get('name').text));
  return volumes.map((volume) => configs.get(volume.at('configMap', 'name').text ?? '') ?? '').join('\n');
}
