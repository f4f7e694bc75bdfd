import { edits, refused, type FixOutcome } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import { innerComments, replaceSpan } from '../engine/dockerfile/edit.ts';
import { hasShell } from '../engine/dockerfile/family.ts';
import { isScript } from '../engine/dockerfile/start.ts';
import { type Unexpanded, variablesOf, wantsShell } from '../engine/dockerfile/unexpanded.ts';
import type { Stage } from '../engine/dockerfile/model.ts';
import { pairsOf } from '../engine/dockerfile/pairs.ts';
import { definitionOf, definitions, lookup } from '../engine/dockerfile/variables.ts';
import { resolveArgv } from '../engine/shell/argv.ts';
import { replaced } from './init/exec-words.ts';

const reasons = {
  noShell: {
    en: 'The image has no shell that could replace the variable; write the value, or read the variable in the program.',
    zh: '镜像中没有可以替换变量的 shell；请直接写出取值，或在程序中读取该变量。',
  },
  argument: {
    en: '"{name}" is an ARG, which ends with the build; add ENV {name}=${name} first.',
    zh: '“{name}”是 ARG，构建结束后就不存在了；请先添加 ENV {name}=${name}。',
  },
  elsewhere: {
    en: '"{name}" is an {kind} of another stage, and has no value here; add it to this stage first.',
    zh: '“{name}”是另一个阶段的 {kind}，在此没有值；请先在本阶段中添加。',
  },
  apart: {
    en: 'The program stands in ENTRYPOINT and the variable in CMD; write both as one command, or use an entrypoint script.',
    zh: '程序写在 ENTRYPOINT 中，变量却在 CMD 中；请将两者合并为一条命令，或使用入口脚本。',
  },
  comments: {
    en: 'There are comments between the words; write the shell form by hand.',
    zh: '各个词之间夹有注释；请手动改写为 shell 形式。',
  },
  unclear: {
    en: 'These words mean something else to a shell; write its text by hand.',
    zh: '这些词交给 shell 后含义会改变；请手动编写 shell 文本。',
  },
} satisfies Readonly<Record<string, Text>>;

/**
 * Has a shell replace the variables, once, and make room for the program. What an ENTRYPOINT gets from CMD and `docker run`
 * it passes on. RUN and HEALTHCHECK become shell form, which is what that is for.
 */
export function runByShell({ command, stage, start }: Unexpanded): FixOutcome {
  const { instruction, words } = command;
  if (hasShell(stage) === false) return refused(message(reasons.noShell));
  const argument = instruction.keyword === 'RUN' ? undefined : words.flatMap(variablesOf).find((name) => definitionOf(stage, name)?.kind === 'arg');
  if (argument !== undefined) return refused(message(reasons.argument, { name: argument }));
  // A shell would put nothing in its place: `java -jar ""`.
  const lost = words.flatMap(variablesOf).flatMap((name) => definedElsewhere(stage, name) ?? [])[0];
  if (lost !== undefined) return refused(message(reasons.elsewhere, lost));
  const isArgument = start?.entrypoint !== undefined && command === start.cmd && !passesOn(start.entrypoint.words);
  if (isArgument || (start?.inherited?.[0] !== undefined && !isScript(start.inherited[0]))) return refused(message(reasons.apart));
  const inits = resolveArgv(words).wrappers.filter(({ kind }, index, all) => all.slice(0, index + 1).every((each) => each.kind === 'init') && kind === 'init');
  const front = words.slice(0, inits.reduce((count, wrapper) => count + wrapper.words.length, 0));
  const rest = words.slice(front.length);
  // A whole command line in one word, as people write who take the array for quotes.
  const texts = rest.length === 1 && /\s/.test(rest[0] ?? '') ? rest : rest.map(shellWord);
  if (texts.includes(undefined)) return refused(message(reasons.unclear));
  const text = texts.join(' ');
  if (start === undefined) return innerComments(instruction).length > 0 ? refused(message(reasons.comments)) : edits([replaceSpan(command.span, text)]);
  const script = instruction.keyword === 'ENTRYPOINT' ? [`exec ${text} "$@"`, '--'] : [`exec ${text}`];
  return edits(replaced(instruction, [...front, 'sh', '-c', ...script]));
}

/** Where the name has no value in its stage, but another stage, or the head of the file, gives it one. */
function definedElsewhere(stage: Stage, name: string): { readonly name: string; readonly kind: 'ARG' | 'ENV' } | undefined {
  if (lookup(stage, name).kind !== 'unset') return undefined;
  const { stages, globalArgs } = stage.file;
  const found = stages.flatMap((other) => (other === stage ? [] : (definitions(other).get(name) ?? []))).at(-1);
  if (found !== undefined) return { name, kind: found.kind === 'arg' ? 'ARG' : 'ENV' };
  return globalArgs.some((arg) => pairsOf(arg).some((pair) => pair.name === name)) ? { name, kind: 'ARG' } : undefined;
}

/** Writes the values that ENV gives in this file. Undefined where one of them is not known. */
export function writeValues({ command, stage }: Unexpanded): FixOutcome | undefined {
  const changed = command.words.map((word) => (wantsShell(word) ? valueOf(word, (name) => definitionOf(stage, name)) : word));
  if (changed.includes(undefined)) return undefined;
  return edits(command.wordSpans.flatMap((span, at) => (changed[at] === command.words[at] ? [] : [replaceSpan(span, JSON.stringify(changed[at]))])));
}

function valueOf(word: string, find: (name: string) => ReturnType<typeof definitionOf>): string | undefined {
  const names = variablesOf(word);
  const values = new Map(names.flatMap((name) => {
    const definition = find(name);
    // A value of several words would become one.
    if (definition?.kind !== 'env' || definition.found.kind !== 'known' || /\s/.test(definition.found.value)) return [];
    return [[name, definition.found.value] as const];
  }));
  if (names.some((name) => !values.has(name))) return undefined;
  const value = word.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, bare: string | undefined) => values.get(braced ?? bare ?? '') ?? whole);
  return wantsShell(value) || value.includes('$') ? undefined : value;
}

/** An ENTRYPOINT that is only an init, or a script that hands over: CMD is a command of its own. */
function passesOn(words: readonly string[]): boolean {
  return words.length === 0 || isScript(words.at(-1)) || resolveArgv([...words, 'program']).program === 'program';
}

const several = /(?:OPTS|OPTIONS|ARGS|ARGUMENTS|FLAGS|PARAMS|CMD|COMMAND)$/i;

/** A word as a shell would have to read it. Variables that hold several words are left without quotes, as they are meant to be split. */
function shellWord(word: string): string | undefined {
  if (!wantsShell(word)) return /^[\w./:=,@%+-]+$/.test(word) ? word : word.includes("'") ? undefined : `'${word}'`;
  if (word.startsWith('~')) return /^~[\w./-]*$/.test(word) ? word : undefined;
  if (variablesOf(word).some((name) => several.test(name)) && /^[\w./:=,@%+${} -]+$/.test(word)) return word;
  return /["\\]/.test(word) ? undefined : `"${word}"`;
}
