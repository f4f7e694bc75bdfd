import type * as bash from 'unbash';
import type { Assignment, Redirect, Word } from './model.ts';
import { sourceSpan, type OffsetMap } from '../text/offset-map.ts';

/** The text being read and the way back to its source. */
export interface Reader {
  readonly text: string;
  readonly map: OffsetMap;
}

/** What the parts of a word come to. */
interface Traits {
  readonly expansion: boolean;
  readonly glob: boolean;
  readonly quoted: boolean;
}

const plain: Traits = { expansion: false, glob: false, quoted: false };

export function wordOf({ text, map }: Reader, node: bash.Word | bash.Assignment): Word {
  if (node.type === 'Assignment') return argumentOf({ text, map }, node);
  const local = { start: node.pos, end: node.end };
  const traits = node.parts === undefined ? plain : node.parts.map(traitsOf).reduce(both, plain);
  const hasExpansion = traits.expansion || node.text.startsWith('~');
  return {
    text: node.text,
    value: hasExpansion ? undefined : node.value,
    hasExpansion,
    hasGlob: traits.glob,
    quoted: traits.quoted,
    span: sourceSpan(map, local),
    local,
  };
}

export function assignmentOf(read: Reader, node: bash.Assignment): Assignment {
  const local = { start: node.pos, end: node.end };
  return {
    name: node.name,
    text: node.text,
    value: node.value.type === 'Word' ? wordOf(read, node.value) : undefined,
    span: sourceSpan(read.map, local),
    local,
  };
}

export function redirectOf(read: Reader, node: bash.Redirection): Redirect {
  const descriptor = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined;
  const local = { start: node.pos, end: node.end };
  return { operator: node.operator, descriptor, target: targetOf(read, node), span: sourceSpan(read.map, local), local };
}

function targetOf(read: Reader, node: bash.Redirection): Word | undefined {
  if (node.type !== 'HereDoc') return node.target === undefined ? undefined : wordOf(read, node.target);
  const { delimiter } = node;
  if (delimiter === undefined) return undefined;
  const local = { start: delimiter.pos, end: delimiter.end };
  return {
    text: delimiter.text,
    value: delimiter.value,
    hasExpansion: false,
    hasGlob: false,
    quoted: delimiter.quoted,
    span: sourceSpan(read.map, local),
    local,
  };
}

/** `export A="$B"`: to the command it is one word. */
function argumentOf(read: Reader, node: bash.Assignment): Word {
  const value = node.value.type === 'Word' ? wordOf(read, node.value) : undefined;
  const head = node.text.slice(0, node.text.indexOf('=') + 1);
  const local = { start: node.pos, end: node.end };
  const known = value !== undefined && !value.hasExpansion && node.index === undefined;
  return {
    text: node.text,
    value: known ? head + (value.value ?? '') : undefined,
    hasExpansion: !known,
    hasGlob: value?.hasGlob ?? false,
    quoted: value?.quoted ?? false,
    span: sourceSpan(read.map, local),
    local,
  };
}

function traitsOf(part: bash.WordPart): Traits {
  switch (part.type) {
    case 'Literal':
      return plain;
    case 'SingleQuoted':
      return { expansion: false, glob: false, quoted: true };
    case 'DoubleQuoted':
      return { expansion: part.parts.some((child) => child.type !== 'Literal'), glob: false, quoted: true };
    case 'AnsiCQuoted':
    case 'LocaleString':
      // dash has neither: it would keep the dollar sign.
      return { expansion: true, glob: false, quoted: true };
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return { expansion: false, glob: true, quoted: false };
    case 'SimpleExpansion':
    case 'ParameterExpansion':
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
    case 'ProcessSubstitution':
      return { expansion: true, glob: false, quoted: false };
  }
}

function both(a: Traits, b: Traits): Traits {
  return { expansion: a.expansion || b.expansion, glob: a.glob || b.glob, quoted: a.quoted || b.quoted };
}
