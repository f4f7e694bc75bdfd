import { CodeActionKind } from 'vscode-languageserver';
import type { CancellationToken, CodeAction, Position, WorkspaceEdit } from 'vscode-languageserver';
import { message, render } from '../engine/core/message.ts';
import type { Text } from '../engine/core/message.ts';
import type { Source } from '../patterns/scenario.ts';
import { backendsOf } from '../patterns/wire/backend.ts';
import { targetAt } from '../patterns/wire/find.ts';
import { meshOf } from '../patterns/wire/mesh.ts';
import type { Target } from '../patterns/wire/target.ts';
import { wire } from '../patterns/wire/wire.ts';
import type { Context } from './context.ts';
import { toOffset } from './convert.ts';
import { check } from './findings.ts';
import type { Checked } from './findings.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** The kind of all actions that add a pattern. */
export const patternKind = `${CodeActionKind.RefactorRewrite}.pattern`;

/** What a client runs that says it can: it asks for the scenario, and then for the edit. */
export const addPatternCommand = 'podwright.addPattern';

const texts = {
  add: { en: 'Add a multi-container pattern…', zh: '添加多容器模式…' },
  one: { en: 'Add pattern: {title}', zh: '添加模式：{title}' },
  mesh: { en: '{mesh} is in sight: its injection is asked for, and no container is added.', zh: '检测到 {mesh}：将启用它的注入，不添加容器。' },
  sidecar: { en: 'Sidecar', zh: 'Sidecar' },
  ambassador: { en: 'Ambassador', zh: '大使（Ambassador）' },
  adapter: { en: 'Adapter', zh: '适配器（Adapter）' },
  'config-helper': { en: 'Config helper', zh: '配置助手' },
} as const satisfies Readonly<Record<string, Text>>;

export interface PatternPlace {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** `podwright/patterns`: what can be added where the cursor stands, in the order in which it is to be shown. */
export interface PatternList {
  /** `Deployment/web`; undefined where there is no workload. */
  readonly workload: string | undefined;
  /** Why nothing can be added at all. */
  readonly reason?: string;
  readonly scenarios: readonly OfferedScenario[];
}

export interface OfferedScenario {
  readonly pattern: string;
  /** The pattern's name for people. */
  readonly group: string;
  readonly scenario: string;
  readonly title: string;
  readonly summary: string;
  readonly notWhen: string;
  /** Why it cannot be added here. */
  readonly reason?: string;
  /** What is done instead of what the summary says. */
  readonly note?: string;
  /** Settings of the app that name the backend, to choose from: those that shall name the helper. */
  readonly backends: readonly { readonly id: string; readonly container: string; readonly name?: string; readonly before: string; readonly after: string }[];
}

/** `podwright/addPattern`: the edit, or the reason why there is none. */
export interface AddPatternParams extends PatternPlace {
  readonly pattern: string;
  readonly scenario: string;
  /** Ids of {@link OfferedScenario.backends}; all of them where it is missing. */
  readonly backends?: readonly string[];
}

export interface AddedPattern {
  readonly edit?: WorkspaceEdit;
  readonly reason?: string;
}

export async function listPatterns(context: Context, sources: readonly Source[], place: PatternPlace, token: CancellationToken): Promise<PatternList> {
  const none = { workload: undefined, scenarios: [] };
  const checked = await check(context, place.textDocument.uri, token);
  if (checked === undefined) return none;
  const { locale } = context.abilities();
  const target = targetOf(context, checked, place.position);
  if ('refused' in target) return { ...none, reason: render(target.refused, locale) };
  const scenarios: OfferedScenario[] = [];
  for (const source of sources) {
    scenarios.push(offered(target, source, locale));
    if (!(await checked.pace.next())) return none;
  }
  return { workload: target.manifest.place, scenarios };
}

function offered(target: Target, source: Source, locale: 'en' | 'zh'): OfferedScenario {
  const { scenario } = source;
  const outcome = wire(target, source);
  const mesh = scenario.meshDoes === true ? meshOf(target) : undefined;
  const backends = scenario.takesOver === undefined ? [] : backendsOf(target.workload, scenario.takesOver);
  return {
    pattern: scenario.pattern,
    group: texts[scenario.pattern][locale],
    scenario: scenario.id,
    title: scenario.title[locale],
    summary: scenario.summary[locale],
    notWhen: scenario.notWhen[locale],
    ...(outcome.kind === 'refused' ? { reason: render(outcome.reason, locale) } : {}),
    ...(outcome.kind === 'edits' && mesh !== undefined ? { note: render(message(texts.mesh, { mesh: mesh.name }), locale) } : {}),
    backends: backends.map(({ id, container, name, before, after }) => ({ id, container, before, after, ...(name === undefined ? {} : { name }) })),
  };
}

export async function addPattern(context: Context, sources: readonly Source[], params: AddPatternParams, token: CancellationToken): Promise<AddedPattern> {
  const { uri } = params.textDocument;
  const checked = await check(context, uri, token);
  const source = sources.find(({ scenario }) => scenario.pattern === params.pattern && scenario.id === params.scenario);
  if (checked === undefined || source === undefined) return {};
  const target = targetOf(context, checked, params.position);
  const { locale } = context.abilities();
  if ('refused' in target) return { reason: render(target.refused, locale) };
  const outcome = wire(target, source, params.backends === undefined ? {} : { backends: params.backends });
  if (outcome.kind === 'refused') return { reason: render(outcome.reason, locale) };
  const edit = toWorkspaceEdit(context, uri, outcome.edits);
  return edit === undefined ? {} : { edit };
}

/**
 * The action for the light bulb. A client that knows the command asks on by itself; for others there is one action for each
 * scenario that fits, and only where somebody asked for actions.
 */
export function patternActions(context: Context, sources: readonly Source[], checked: Checked, position: Position, automatic: boolean): CodeAction[] {
  const { patternCommand, resolveEdit, locale } = context.abilities();
  const { uri } = checked.document;
  if (sources.length === 0 || checked.document.kind !== 'yaml' || (automatic && !patternCommand)) return [];
  const target = targetOf(context, checked, position);
  if ('refused' in target) return [];
  if (patternCommand) {
    const offset = toOffset(checked.source, position, context.abilities().encoding) - target.base;
    if (automatic && !isAtContainers(target, offset)) return [];
    const title = texts.add[locale];
    return [{ title, kind: patternKind, command: { title, command: addPatternCommand, arguments: [uri, position] } }];
  }
  return sources.flatMap((source): CodeAction[] => {
    const { pattern, id, title } = source.scenario;
    const action = { title: render(message(texts.one, { title: title[locale] }), locale), kind: `${patternKind}.${pattern}.${id}` };
    if (resolveEdit) return [{ ...action, data: { uri, of: 'pattern', pattern, scenario: id, position } }];
    const outcome = wire(target, source);
    const edit = outcome.kind === 'edits' ? toWorkspaceEdit(context, uri, outcome.edits) : undefined;
    return edit === undefined ? [] : [{ ...action, edit }];
  });
}

/** By itself the light bulb shows where a person thinks of containers, not on every line of a manifest. */
function isAtContainers({ workload }: Target, offset: number): boolean {
  const { podSpec, containers } = workload;
  const places = [podSpec.get('containers').keySpan, podSpec.get('initContainers').keySpan, ...containers.flatMap(({ field }) => [field.get('name').valueSpan, field.get('image').valueSpan])];
  return places.some((span) => span !== undefined && span.start <= offset && offset <= span.end);
}

/** What an action of {@link patternActions} asked for; it has been to the client and back. */
export function askedPattern(data: unknown): AddPatternParams | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { uri, of, pattern, scenario, position } = data as Readonly<Record<string, unknown>>;
  if (of !== 'pattern' || typeof uri !== 'string' || typeof pattern !== 'string' || typeof scenario !== 'string') return undefined;
  const { line, character } = (position ?? {}) as Readonly<Record<string, unknown>>;
  return typeof line === 'number' && typeof character === 'number' ? { textDocument: { uri }, position: { line, character }, pattern, scenario } : undefined;
}

function targetOf({ session, abilities }: Context, { document, source }: Checked, position: Position): ReturnType<typeof targetAt> {
  const { uri } = document;
  const services = session.index.services(uri);
  return targetAt({ objects: session.objects(uri), version: session.versionOf(uri), services }, toOffset(source, position, abilities().encoding));
}

