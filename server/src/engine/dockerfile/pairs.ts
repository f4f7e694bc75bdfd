import type { Span } from '../text/span.ts';
import { sourceSpan } from '../text/offset-map.ts';
import { memo } from './memo.ts';
import { quotedWords } from './lex.ts';
import { argumentsOf, type Instruction } from './model.ts';

/** One `NAME=value` of ARG, ENV or LABEL, quotes and variables as written. */
export interface Pair {
  readonly name: string;
  /** Undefined for an ARG without default. */
  readonly value: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span | undefined;
}

/**
 * The pairs of an ARG, ENV or LABEL instruction. ENV and LABEL also take the old form `NAME value with blanks`. Words
 * without `=` that the builder would refuse are left out.
 */
export const pairsOf = memo((instruction: Instruction): readonly Pair[] => {
  const { keyword, args, argsMap } = instruction;
  const words = quotedWords(argumentsOf(instruction), instruction.file.escape);
  const [first] = words;
  if (first === undefined) return [];
  if (keyword !== 'ARG' && !first.text.includes('=')) {
    const gap = /[\t\v\f\r ]+/.exec(args);
    if (gap === null) return [];
    const start = gap.index + gap[0].length;
    return [pair({ name: args.slice(0, gap.index), value: args.slice(start), from: 0, valueFrom: start, end: args.length }, argsMap)];
  }
  return words.flatMap(({ text, start }) => {
    const equals = text.indexOf('=');
    const end = start + text.length;
    if (equals > 0) {
      return [pair({ name: text.slice(0, equals), value: text.slice(equals + 1), from: start, valueFrom: start + equals + 1, end }, argsMap)];
    }
    return equals < 0 && keyword === 'ARG' ? [pair({ name: text, value: undefined, from: start, valueFrom: end, end }, argsMap)] : [];
  });
});

interface Place {
  readonly name: string;
  readonly value: string | undefined;
  readonly from: number;
  readonly valueFrom: number;
  readonly end: number;
}

function pair({ name, value, from, valueFrom, end }: Place, map: Instruction['argsMap']): Pair {
  return {
    name,
    value,
    span: sourceSpan(map, { start: from, end }),
    nameSpan: sourceSpan(map, { start: from, end: from + name.length }),
    valueSpan: value === undefined ? undefined : sourceSpan(map, { start: valueFrom, end }),
  };
}
