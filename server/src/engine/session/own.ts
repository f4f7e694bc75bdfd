import { edits, type Finding } from '../core/finding.ts';
import { message, type Text } from '../core/message.ts';
import { notice } from '../run-rules.ts';
import type { Span } from '../text/span.ts';
import type { ConfigProblem } from '../workspace/config-file.ts';
import type { Excess, YamlDocument } from '../yaml/document.ts';
import { limits } from '../yaml/guard.ts';
import { jointsOf } from '../yaml/joined.ts';

const unreadable: Text = {
  en: 'This document was not checked, because its YAML cannot be read: {problem}',
  zh: '此文档的 YAML 无法解析，因此未检查：{problem}',
};

const joined: Text = {
  en: 'This document was not checked, because several manifests stand in it as if they were one. Put --- on a line of its own above this one.',
  zh: '此文档把多个清单写成了一个，因此未检查。请在此行上方单独加一行 ---。',
};

const separate: Text = { en: 'Insert --- between the manifests', zh: '在清单之间插入 ---' };

const tooLarge: Readonly<Record<Excess | 'dockerfile', Text>> = {
  nesting: {
    en: 'This document is too large to check: it is nested more than {limit} levels deep.',
    zh: '此文档过大，未进行检查：嵌套超过 {limit} 层。',
  },
  tokens: {
    en: 'This document is too large to check: it has more than {limit} tokens.',
    zh: '此文档过大，未进行检查：超过 {limit} 个词法单元。',
  },
  anchors: {
    en: 'This document is too large to check: it has more than {limit} anchors.',
    zh: '此文档过大，未进行检查：锚点超过 {limit} 个。',
  },
  dockerfile: {
    en: 'This Dockerfile is too large to check: it is longer than {limit} KiB.',
    zh: '此 Dockerfile 过大，未进行检查：超过 {limit} KiB。',
  },
};

/** Why a document is not checked; undefined where it can be. */
export function obstacle({ text, excess, problems: [problem] }: YamlDocument): Finding | undefined {
  if (excess !== undefined) return notice('too-large', firstLine(text), tooLarge[excess], { limit: grouped(limits[excess]) });
  return problem === undefined ? undefined : notice('unreadable', problem.span, unreadable, { problem: problem.message });
}

/** The finding of a document in which a `---` was forgotten; undefined for all others. */
export function forgottenMarker(document: YamlDocument): Finding | undefined {
  const joints = jointsOf(document, ['apiVersion', 'kind']);
  const [first] = joints;
  if (first === undefined) return undefined;
  const insertions = joints.map(({ marker: { at, newText } }) => ({ span: { start: at, end: at }, newText }));
  const fix = { key: 'separate', title: message(separate, {}), safety: 'suggestion', outcome: () => edits(insertions) } as const;
  return { ...notice('unreadable', first.key, joined, {}, 'document', 'warning'), fixes: [fix] };
}

export function tooLargeDockerfile(text: string, units: number): Finding {
  return notice('too-large', firstLine(text), tooLarge.dockerfile, { limit: String(units / 1024) });
}

/** What is wrong in a configuration file, as findings. */
export function configFindings(problems: readonly ConfigProblem[]): readonly Finding[] {
  return problems.map((problem) => ({ rule: 'podwright/invalid-config', place: 'config', fixes: [], related: [], ...problem }));
}

/** `100,000` */
function grouped(count: number): string {
  return String(count).replace(/(?!^)(?=(?:\d{3})+$)/g, ',');
}

/** The first line that is neither empty nor a marker nor a comment: something to underline that is not the whole document. */
function firstLine(text: string): Span {
  const match = /^(?!---|#|%)[^\S\r\n\ufeff]*[^\s\ufeff][^\r\n]*/m.exec(text.slice(0, longest));
  if (match === null) return { start: 0, end: Math.min(text.length, 1) };
  return { start: match.index, end: match.index + Math.min(match[0].length, 200) };
}

const longest = 10_000;
