import { type BuiltImageRow, type Config, defaultConfig, ownRules, type RuleLevel, type WorkloadRow } from '../core/config.ts';
import { configKeys, environments, flavours, levelWords, oldestVersion, versionPattern } from '../core/config-keys.ts';
import type { Severity } from '../core/finding.ts';
import { globProblem } from '../core/glob.ts';
import { type Message, message, type MessageArguments, type Text } from '../core/message.ts';
import { nearest } from '../core/nearest.ts';
import { parsePodPath } from '../kubernetes/pod-path.ts';
import type { Span } from '../text/span.ts';
import { parseDocument } from '../yaml/document.ts';
import type { Field } from '../yaml/field.ts';
import { configTexts as texts } from './config-texts.ts';
import { isDockerfileName } from './file-roles.ts';
import { folderOf, isInside, nameOf, trimmed } from './paths.ts';

/** What is wrong in a configuration file. Offsets are UTF-16, in its text. */
export interface ConfigProblem {
  readonly span: Span;
  readonly severity: Severity;
  readonly message: Message;
}

export interface ReadConfig {
  /** What could be read; the rest has its default. */
  readonly config: Config;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
}

/** Takes a problem down; `severity` is `warning` where nothing is said. */
type Report = (at: Field | Span, text: Text, args?: MessageArguments, severity?: Severity) => void;

/**
 * Reads the text of a `.podwright.yaml`. Never throws: what is wrong is said at its line, and all else counts.
 * @param rules ids of the rules there are; others are reported with the nearest one
 */
export function readConfig(source: string, rules: readonly string[]): ReadConfig {
  const problems: ConfigProblem[] = [];
  const report: Report = (at, text, args = {}, severity = 'warning') => {
    problems.push({ span: 'start' in at ? at : placeOf(at, source), severity, message: message(text, args) });
  };
  const document = parseDocument(source);
  const { root } = document;
  for (const problem of document.problems) report(problem.span, texts.syntax, { problem: problem.message }, 'error');
  for (const { name, span } of document.duplicateKeys()) report(span, texts.duplicate, { key: name });
  const isNothing = root.absent || root.isNull || root.state === 'unknown';
  if (!isNothing && root.kind !== 'map') report(root, texts.notMap, {}, 'error');
  const names = configKeys.map(({ name }) => name);
  for (const key of root.keys()) {
    if (!names.some((name) => name === key)) unknown(root.at(key), key, names, report);
  }
  const config: Config = {
    environment: choice(root.at('environment'), environments, report) ?? defaultConfig.environment,
    kubernetesVersion: version(root.at('kubernetesVersion'), report) ?? defaultConfig.kubernetesVersion,
    cpuLimits: flag(root.at('cpuLimits'), report) ?? defaultConfig.cpuLimits,
    rules: levels(root.at('rules'), [...rules, ...ownRules.map(({ id }) => id)], report),
    ignore: globs(root.at('ignore'), report),
    images: images(root.at('images'), report),
    workloads: workloads(root.at('workloads'), report),
  };
  return { config, problems: problems.sort((a, b) => a.span.start - b.span.start) };
}

/** What to underline: items that are collections have no key, so their first line stands for them. */
function placeOf(field: Field, source: string): Span {
  const span = field.kind === 'map' || field.kind === 'sequence' ? field.valueSpan : undefined;
  if (span === undefined || typeof field.key === 'string') return field.span;
  const length = source.slice(span.start, span.end).search(/\r?\n/);
  return length < 0 ? span : { start: span.start, end: span.start + length };
}

function unknown(field: Field, key: string, names: readonly string[], report: Report, text: Text = texts.unknownKey, better: Text = texts.unknownKeyNearest): void {
  const near = nearest(key, names);
  const at = field.keySpan ?? field.span;
  if (near === undefined) report(at, text, { key });
  else report(at, better, { key, near });
}

/** Nothing is written there: the default counts, and no word is lost about it. */
function isLeftOut(field: Field): boolean {
  return !field.present || field.isNull;
}

function choice<T extends string>(field: Field, values: readonly T[], report: Report): T | undefined {
  if (isLeftOut(field)) return undefined;
  const found = values.find((value) => value === field.text);
  if (found === undefined) report(field, texts.choice, { key: String(field.key), values: values.join(', ') });
  return found;
}

function flag(field: Field, report: Report): boolean | undefined {
  if (isLeftOut(field)) return undefined;
  if (field.bool === undefined) report(field, texts.choice, { key: String(field.key), values: 'true, false' });
  return field.bool;
}

/** Read as it is written: to YAML, `1.30` is the number 1.3. */
function version(field: Field, report: Report): number | undefined {
  if (isLeftOut(field)) return undefined;
  const written = field.text ?? (field.kind === 'scalar' ? field.raw : undefined) ?? '';
  const minor = Number(versionPattern.exec(written.trim())?.[1] ?? '0');
  if (minor >= oldestVersion) return minor;
  report(field, texts.version, { oldest: `1.${String(oldestVersion)}` });
  return undefined;
}

function levels(field: Field, known: readonly string[], report: Report): ReadonlyMap<string, RuleLevel> {
  const found = new Map<string, RuleLevel>();
  if (isLeftOut(field) || !isMap(field, report)) return found;
  for (const id of field.keys()) {
    const value = field.at(id);
    if (!known.includes(id)) {
      unknown(value, id, known, report, texts.unknownRule, texts.unknownRuleNearest);
      continue;
    }
    // YAML 1.1 reads a plain `off` as false, and so do we.
    const level = value.bool === false ? 'off' : levelWords[value.text ?? ''];
    if (level !== undefined) found.set(id, level);
    else report(value, texts.level, { id });
  }
  return found;
}

function globs(field: Field, report: Report): readonly string[] {
  if (isLeftOut(field)) return [];
  if (field.kind !== 'sequence') {
    report(field, texts.notList, { key: 'ignore' });
    return [];
  }
  return field.items().flatMap((item) => {
    const glob = item.text;
    const problem = glob === undefined ? 'empty' : globProblem(glob);
    if (problem === 'empty') report(item, texts.glob);
    else if (problem !== undefined) report(item, texts.globTooMuch);
    return glob === undefined || problem !== undefined ? [] : [glob];
  });
}

function images(field: Field, report: Report): readonly BuiltImageRow[] {
  if (isLeftOut(field) || !isMap(field, report)) return [];
  return field.keys().flatMap((image) => {
    const value = field.at(image);
    if (value.kind !== 'map') {
      const path = localPath(value, report);
      return path === undefined ? [] : [row(image, path)];
    }
    onlyKeys(value, ['context', 'dockerfile'], report);
    const context = localPath(value.at('context'), report, value);
    const dockerfile = isLeftOut(value.at('dockerfile')) ? undefined : localPath(value.at('dockerfile'), report);
    return context === undefined ? [] : [{ image, context, dockerfile }];
  });
}

/** A path to a Dockerfile names its folder as the context; any other path is the context. */
function row(image: string, path: string): BuiltImageRow {
  if (!isDockerfileName(nameOf(path))) return { image, context: path, dockerfile: undefined };
  return { image, context: path.includes('/') ? folderOf(path) : '.', dockerfile: path };
}

function localPath(field: Field, report: Report, missing = field): string | undefined {
  const path = field.text?.trim();
  if (path !== undefined && path !== '' && isInside(path)) return trimmed(path);
  report(field.present ? field : missing, texts.path);
  return undefined;
}

function workloads(field: Field, report: Report): readonly WorkloadRow[] {
  if (isLeftOut(field)) return [];
  if (field.kind !== 'sequence') {
    report(field, texts.notList, { key: 'workloads' });
    return [];
  }
  return field.items().flatMap((item) => {
    if (!isMap(item, report)) return [];
    onlyKeys(item, ['group', 'kind', 'path', 'flavour'], report);
    const [group, kind, path] = ['group', 'kind', 'path'].map((key) => item.at(key).text);
    if (group === undefined || kind === undefined || kind === '' || path === undefined) {
      report(item, texts.workload);
      return [];
    }
    if (parsePodPath(path) === undefined) {
      report(item.at('path'), texts.podPath);
      return [];
    }
    // People copy `example.com/v1` from the object; its version does not matter here.
    const flavour = choice(item.at('flavour'), flavours, report) ?? 'service';
    return [{ group: group.replace(/\/.*$/s, ''), kind, path, flavour }];
  });
}

function onlyKeys(field: Field, names: readonly string[], report: Report): void {
  for (const key of field.keys()) if (!names.includes(key)) unknown(field.at(key), key, names, report);
}

function isMap(field: Field, report: Report): boolean {
  if (field.kind === 'map') return true;
  report(field, texts.notMapOf, { key: field.path });
  return false;
}
