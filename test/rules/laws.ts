/**
 * What every finding and every fix must obey, whoever wrote the rule. Each function returns the broken laws as sentences,
 * so that one run shows all of them; none broken is an empty list.
 */
import { isDeepStrictEqual } from 'node:util';
import { DockerfileParser } from 'dockerfile-ast';
import { parseAllDocuments } from 'yaml';
import type { DocumentEdit, Finding, Fix } from '../../server/src/engine/core/finding.ts';
import { fixAll } from '../../server/src/engine/core/fixes.ts';
import { type Message, render } from '../../server/src/engine/core/message.ts';
import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import { applyEdits, contains, touches } from '../../server/src/engine/text/span.ts';
import { documentsOf, isTemplate, parseTemplate } from '../../server/src/engine/yaml/template.ts';
import { commentsOf as allCommentsOf } from './comments.ts';
import type { Files, FixtureKind } from './fixture.ts';
import { pathOf } from './linter.ts';
import { schemaProblems } from './schema.ts';

/** A text and the way to lint it, and others in its place. */
export interface Subject {
  readonly kind: FixtureKind;
  readonly text: string;
  /** The other files of its workspace. */
  readonly beside?: Files;
  /** @param beside where a fix changed them */
  readonly lint: (text: string, beside?: Files) => readonly Finding[];
  readonly metas: ReadonlyMap<string, RuleMeta>;
}

export function brokenFindingLaws({ text, metas }: Subject, finding: Finding): readonly string[] {
  const broken: string[] = [];
  const meta = metas.get(finding.rule);
  const say = (what: string): void => void broken.push(`${describe(finding)}: ${what}`);
  if (finding.rule === 'podwright/internal-error') return [`a rule threw: ${render(finding.message, 'en')}`];
  if (finding.rule.startsWith('podwright/')) return broken;
  if (finding.span.end <= finding.span.start) say('its span is empty');
  if (finding.span.start < 0 || finding.span.end > text.length) say('its span leaves the text');
  if (splitsPair(text, finding.span.start) || splitsPair(text, finding.span.end)) say('its span cuts a character in two');
  if (meta !== undefined && !meta.severities.includes(finding.severity)) say(`severity ${finding.severity} is not declared`);
  for (const problem of badSentences(finding.message, true)) say(`message ${problem}`);
  for (const related of finding.related) {
    if (related.span.start < 0 || related.span.end > text.length) say('a related span leaves the text');
    for (const problem of badSentences(related.message, false)) say(`related message ${problem}`);
  }
  const names = finding.fixes.map((fix) => `${fix.key}: ${render(fix.title, 'en')}`);
  if (new Set(names).size !== names.length) say('two of its fixes have the same key and title');
  if (meta?.fix === 'none' && names.length > 0) say('its rule declares that it has no fix');
  for (const fix of finding.fixes) {
    if (fix.safety === 'safe' && meta !== undefined && meta.fix !== 'safe') say(`fix "${fix.key}" is safe, its rule declares ${meta.fix}`);
    for (const problem of badSentences(fix.title, false)) say(`title of fix "${fix.key}" ${problem}`);
  }
  return broken;
}

/** The laws of one fix of one finding of `subject.text`. A refusal breaks none of them if it gives its reason. */
export function brokenFixLaws(subject: Subject, finding: Finding, fix: Fix): readonly string[] {
  const { kind, text, lint, metas } = subject;
  const broken: string[] = [];
  const say = (what: string): void => void broken.push(`${describe(finding)}, fix "${fix.key}" (${render(fix.title, 'en')}): ${what}`);
  const outcome = fix.outcome();
  if (outcome.kind === 'refused') {
    for (const problem of badSentences(outcome.reason, true)) say(`reason ${problem}`);
    return broken;
  }
  if (!isDeepStrictEqual(withoutMessages(outcome.edits), withoutMessages(again(fix)))) say('asked twice, it gives different edits');
  const own = outcome.edits.filter((edit) => edit.uri === undefined);
  if (outcome.edits.length === 0) say('it has no edits and is not refused');
  for (const [index, edit] of own.entries()) {
    if (edit.span.start < 0 || edit.span.end > text.length || edit.span.end < edit.span.start) say('an edit leaves the text');
    if (text.slice(edit.span.start, edit.span.end) === edit.newText) say('an edit changes nothing');
    if (splitsPair(text, edit.span.start) || splitsPair(text, edit.span.end)) say('an edit cuts a character in two');
    if (own.some((other, at) => at > index && touches(edit.span, other.span))) say('two of its edits touch');
    if (/[ \t]\r?\n/.test(edit.newText) && !/[ \t]\r?\n/.test(text)) say('an inserted line has trailing blanks');
  }
  if (broken.length > 0) return broken;
  const after = applyEdits(text, own);
  if (problemsOf(kind, after) > problemsOf(kind, text)) say(`the result does not parse:\n${after}`);
  if (kind === 'yaml' && broken.length === 0) {
    const known = refusals(text);
    const now = refusals(after);
    const [refusal] = now.length > known.length ? now.filter((each) => !known.includes(each)) : [];
    if (refusal !== undefined) say(`the API would refuse the result: ${refusal}\n${after}`);
  }
  for (const problem of brokenLayout(text, after)) say(problem);
  for (const comment of lostComments(kind, text, after, own)) say(`the comment "${comment}" is lost`);
  const [before, left] = [lint(text), lint(after, besideAfter(subject, outcome.edits))];
  if (count(left, same(finding)) >= count(before, same(finding))) say(`the finding is still there:\n${after}`);
  const allowed = new Set(metas.get(finding.rule)?.mayReveal ?? []);
  for (const rule of new Set(left.map((other) => other.rule))) {
    const more = count(left, (other) => other.rule === rule) > count(before, (other) => other.rule === rule);
    if (more && !allowed.has(rule)) say(`it makes ${rule} speak, which mayReveal does not name:\n${after}`);
  }
  const wanted = (other: Finding, candidate: Fix): boolean => other.rule === finding.rule && candidate.key === fix.key;
  const once = fixAll(text, (other) => lint(other), wanted);
  const beside = besideAfter(subject, once.elsewhere);
  const twice = fixAll(once.text, (other) => lint(other, beside), wanted);
  if (twice.text !== once.text || twice.elsewhere.length > 0) say('applied until nothing changes, it changes something again');
  return broken;
}

/** The files beside a text as edits leave them. */
export function besideAfter({ beside = {} }: Pick<Subject, 'beside'>, edits: readonly DocumentEdit[]): Files {
  return Object.fromEntries(Object.entries(beside).map(([path, text]) => [path, applyEdits(text, edits.filter(({ uri }) => uri !== undefined && pathOf(uri) === path))]));
}

/** `rule at place`, for people who read a failing test. */
export function describe(finding: Finding): string {
  return `${finding.severity} ${finding.rule} at ${finding.place}`;
}

function again(fix: Fix): readonly DocumentEdit[] {
  const outcome = fix.outcome();
  return outcome.kind === 'edits' ? outcome.edits : [];
}

function withoutMessages(list: readonly DocumentEdit[]): readonly DocumentEdit[] {
  return list.map(({ span, newText, uri }) => ({ span, newText, ...(uri === undefined ? {} : { uri }) }));
}

function same(finding: Finding): (other: Finding) => boolean {
  return (other) => other.rule === finding.rule && other.place === finding.place;
}

function count(findings: readonly Finding[], test: (finding: Finding) => boolean): number {
  return findings.filter(test).length;
}

function splitsPair(text: string, offset: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(offset - 1)) && /[\udc00-\udfff]/.test(text.charAt(offset));
}

function badSentences(message: Message, stop: boolean): readonly string[] {
  const [en, zh] = [render(message, 'en'), render(message, 'zh')];
  const bad: string[] = [];
  if (/\{\w+\}/.test(withoutArguments(message, 'en') + withoutArguments(message, 'zh'))) bad.push('has a placeholder without an argument');
  if (message.text.en === message.text.zh) bad.push('is the same in both languages');
  if (!/\p{Script=Han}/u.test(message.text.zh)) bad.push(`has no Chinese: ${zh}`);
  if (/\p{Script=Han}/u.test(message.text.en)) bad.push(`has Chinese in its English: ${en}`);
  if (stop && !en.endsWith('.')) bad.push(`does not end with a full stop: ${en}`);
  if (stop && !zh.endsWith('。')) bad.push(`does not end with a full stop: ${zh}`);
  if (!stop && /[.。]$/.test(message.text.en + message.text.zh)) bad.push(`ends with a full stop: ${en}`);
  return bad;
}

/** The sentence with its known arguments taken out, so that braces inside a value are no placeholder. */
function withoutArguments(message: Message, locale: 'en' | 'zh'): string {
  return message.text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => (name in message.args ? '' : whole));
}

function brokenLayout(before: string, after: string): readonly string[] {
  const broken: string[] = [];
  const crlf = before.includes('\r\n') && !/[^\r]\n|^\n/.test(before);
  if (crlf && /[^\r]\n|^\n/.test(after)) broken.push('it mixes LF into a CRLF text');
  if (!before.includes('\r') && after.includes('\r')) broken.push('it brings CR into an LF text');
  if (before.startsWith('\ufeff') !== after.startsWith('\ufeff')) broken.push('the byte order mark changed');
  if (before.endsWith('\n') !== after.endsWith('\n')) broken.push('the line end at the end of the text changed');
  return broken;
}

/** The answers for the last texts: all fixes of a stream ask the same of its other documents. */
function remembered<T>(answer: (kind: FixtureKind, text: string) => T): (kind: FixtureKind, text: string) => T {
  const known = new Map<string, T>();
  return (kind, text) => {
    const key = kind + text;
    const value = known.get(key) ?? answer(kind, text);
    known.delete(key);
    known.set(key, value);
    for (const oldest of known.keys()) {
      if (known.size <= 100) break;
      known.delete(oldest);
    }
    return value;
  };
}

/** The documents of a stream, found without the engine's own reader: nothing goes on behind a `---` at the start of a line. */
function documentsIn(text: string): readonly string[] {
  return text.split(/^(?=---(?:[ \t\r\n]|$))/m);
}

const commentsOf = remembered(allCommentsOf);
const refusalsOf = remembered((_, document) => schemaProblems(document));
const problemsIn = remembered(countProblems);

/** What the API refuses, for each document. */
function refusals(text: string): readonly string[] {
  return documentsIn(text).flatMap((document, index) => refusalsOf('yaml', document).map((problem) => problem.replace(/^document 0/, `document ${String(index)}`)));
}

function problemsOf(kind: FixtureKind, text: string): number {
  if (kind === 'dockerfile' || isTemplate(text)) return problemsIn(kind, text);
  return documentsIn(text).reduce((sum, document) => sum + problemsIn(kind, document), 0);
}

function countProblems(kind: FixtureKind, text: string): number {
  if (kind === 'yaml') {
    // A template is no YAML before it is rendered: no other reader can say more of it than our own.
    if (isTemplate(text)) return documentsOf(text).reduce((sum, chunk) => sum + parseTemplate(chunk.text).problems.length, 0);
    const documents = parseAllDocuments(text, { uniqueKeys: true, logLevel: 'silent' });
    return Array.isArray(documents) ? documents.reduce((sum, document) => sum + document.errors.length, 0) : 0;
  }
  // This parser overlooks `# escape=` behind a byte order mark; the builder does not.
  const instructions = DockerfileParser.parse(text.replace(/^\ufeff/, '')).getInstructions();
  return instructions.filter((instruction) => !keywords.has(instruction.getKeyword())).length;
}

const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

/**
 * Comments of `before` that `after` has no longer. What is removed may take along the comments inside it: those on its
 * lines, and those on lines of their own that are indented deeper than where the removed text begins.
 */
function lostComments(kind: FixtureKind, before: string, after: string, edits: readonly DocumentEdit[]): readonly string[] {
  const left = new Map<string, number>();
  for (const { text } of commentsOf(kind, after)) left.set(text, (left.get(text) ?? 0) + 1);
  return commentsOf(kind, before).flatMap((comment) => {
    const seen = left.get(comment.text) ?? 0;
    left.set(comment.text, seen - 1);
    if (seen > 0) return [];
    const removal = edits.find((edit) => edit.newText.trim() === '' && contains(edit.span, comment.span));
    if (removal === undefined) return [comment.text];
    const removed = before.slice(removal.span.start, removal.span.end);
    const first = removal.span.start + removed.search(/\S/);
    const own = /^[ \t]*$/.test(before.slice(lineStart(before, comment.span.start), comment.span.start));
    return own && column(before, comment.span.start) <= column(before, first) ? [comment.text] : [];
  });
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
