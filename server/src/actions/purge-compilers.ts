import { staysWithoutCompiler } from '../engine/catalog/beside-compilers.ts';
import { isBuildPackage, isDevelopmentPackage } from '../engine/catalog/runtime-packages.ts';
import { type DocumentEdit, edits, refused, type FixOutcome } from '../engine/core/finding.ts';
import { message } from '../engine/core/message.ts';
import { deleteInstruction, innerComments, insertBefore } from '../engine/dockerfile/edit.ts';
import { distributionOf } from '../engine/dockerfile/family.ts';
import type { SimpleCommand } from '../engine/shell/model.ts';
import { installedBy, type Installed } from './multi-stage/runs.ts';
import type { Step } from './multi-stage/site.ts';
import type { ShippedCompilers } from './shipped-compilers.ts';

const texts = {
  several: {
    en: 'More than one RUN compiles, so that the compiler cannot be removed in the same RUN.',
    zh: '有多条 RUN 进行编译，因此无法在同一条 RUN 中移除编译器。',
  },
  shape: {
    en: '"{command}" is no plain list of commands joined by &&, run by root.',
    zh: '“{command}”不是由 root 运行、以 && 连接的简单命令列表。',
  },
  distribution: {
    en: 'Which packages leave with the compiler is known for images of Debian, Ubuntu and Alpine only.',
    zh: '仅对 Debian、Ubuntu 和 Alpine 镜像才清楚移除编译器时会连带移除哪些软件包。',
  },
  package: {
    en: 'Whether the package "{name}" depends on the compiler, and would leave with it, is not known.',
    zh: '尚不清楚软件包“{name}”是否依赖编译器，它可能会随之被移除。',
  },
};

/** Headers that `-dev` packages depend on, and what their scripts call: apt would remove those packages as well, and with them their libraries. */
const shared = /-dev$|^(?:linux-headers|pkg-?conf(?:ig)?)$/;

/** Has the RUN that compiles install the compiler and remove it again; what it installs beside stays where it is. */
export function purgeCompilers({ site, install, users }: ShippedCompilers): FixOutcome {
  const distribution = distributionOf(site.stage);
  const family = distribution?.family === 'ubuntu' ? 'debian' : distribution?.family;
  const [user] = users;
  if (user === undefined || users.length > 1) return refused(message(texts.several));
  if (distribution?.evidence !== 'image' || (family !== 'debian' && family !== 'alpine')) return refused(message(texts.distribution));
  const strange = [install, user].find((step) => !isPlain(step));
  if (strange !== undefined) return refused(message(texts.shape, { command: `RUN ${strange.instruction.args}` }));
  const all = site.steps.flatMap(installedBy);
  const doubtful = all.find(({ manager, package: { name, known } }) => !known || manager !== (family === 'debian' ? 'apt' : 'apk') || (family === 'debian' && !isBuildPackage(name) && !staysWithoutCompiler(name, distribution.release)));
  if (doubtful !== undefined) return refused(message(texts.package, { name: doubtful.package.name }));
  const keepsHeaders = family === 'debian' && all.some(({ package: { name } }) => isLibrary(name));
  const going = installedBy(install).filter(({ package: { name } }) => isBuildPackage(name) && !(keepsHeaders && shared.test(name)));
  return install === user ? edits([appended(user, removal(family, going))]) : moved(install, user, family, going);
}

function isLibrary(name: string): boolean {
  return isDevelopmentPackage(name) && !isBuildPackage(name);
}

/** Commands that each run only where the one before went well. */
function isPlain({ run, invocations, user, instruction }: Step): boolean {
  const { script } = run ?? {};
  if (run?.form !== 'shell' || script === undefined || script.errors.length > 0 || script.statements.length !== 1 || instruction.heredocs.length > 0) return false;
  return /^(?:root|0)?(?::|$)/.test(user ?? '') && invocations.every(({ plain, command }) => plain && (command?.connector === undefined || command.connector === '&&'));
}

/** What is loaded when the program runs stays: the libraries of C, of C++ and of OpenMP come with the compiler. */
function removal(family: 'debian' | 'alpine', going: readonly Installed[], virtual?: string): readonly string[] {
  const names = going.map((each) => each.package.name);
  if (family === 'debian') return ['apt-mark manual libgomp1', `apt-get purge -y --auto-remove ${names.join(' ')}`];
  const libraries = names.every((name) => name !== 'build-base' && name !== 'alpine-sdk' && !/^(?:g\+\+|clang)/.test(name)) ? 'libgcc libgomp' : 'libgcc libgomp libstdc++';
  return [`apk add --no-cache ${libraries}`, `apk del ${virtual ?? names.join(' ')}`];
}

/** Takes the packages out of the RUN that installs them, which goes where nothing is left of it, and puts them into the one that compiles. */
function moved(install: Step, user: Step, family: 'debian' | 'alpine', going: readonly Installed[]): FixOutcome {
  const odd = refused(message(texts.shape, { command: `RUN ${install.instruction.args}` }));
  const commands = [...new Set(going.map(({ command }) => command))];
  const [command] = commands;
  const isNamed = command?.words.some(({ text }) => /^(?:-t|--virtual)\b/.test(text)) === true && family === 'alpine';
  if (command === undefined || commands.length > 1 || install.instruction.flags.length > 0 || isNamed) return odd;
  const spans = new Set(going.map((each) => each.package.span));
  const names = new Set(installedBy(install).filter((each) => each.command === command).map((each) => each.package.span));
  const taken = spans.size < names.size ? removedWords(install, command, spans) : install.invocations.every((each) => each.command === command || isUpkeep(each)) ? withoutRun(install, user) : undefined;
  if (taken === undefined) return odd;
  const words = [...command.assignments.map(({ text }) => text), ...command.words.filter((word) => ![...names].some(({ start }) => word.span.start === start)).map(({ text }) => text)];
  const packages = going.map((each) => each.package.version === undefined ? each.package.name : install.instruction.file.source.slice(each.package.span));
  const virtual = '.build-deps';
  const prefix = family === 'debian' ? ['apt-get update', `${words.join(' ')} ${packages.join(' ')}`] : [`${words.join(' ')} --virtual ${virtual} ${packages.join(' ')}`];
  const suffix = [...removal(family, going, virtual), ...(family === 'debian' ? ['rm -rf /var/lib/apt/lists/*'] : [])];
  const { start } = user.instruction.argsSpan;
  const head: DocumentEdit = { span: { start, end: start }, newText: `${prefix.join(joint(user))}${joint(user)}` };
  return edits([...taken, head, appended(user, suffix)]);
}

/** Takes a RUN out; its comments go where its packages go. */
function withoutRun({ instruction }: Step, user: Step): readonly DocumentEdit[] {
  const { source } = instruction.file;
  const inner = innerComments(instruction);
  const areNext = user.instruction.index === instruction.index + 1;
  const lines = [...(areNext ? [] : instruction.comments), ...inner].map(({ span }) => source.slice(span));
  const deleted = deleteInstruction(instruction, { comments: !areNext });
  if (lines.length === 0) return [deleted];
  // Edits must not touch.
  const above = insertBefore(user.instruction, lines);
  return above.span.start === deleted.span.end ? [{ ...deleted, newText: above.newText }] : [deleted, above];
}

/** Only there because packages are installed. */
function isUpkeep({ name, args }: Step['invocations'][number]): boolean {
  if (name === 'rm') return args.every((arg) => arg === undefined || /^-|^\/var\/(?:lib\/apt|cache\/a)/.test(arg));
  return name === 'set' || name === 'true' || (/^(?:apt(?:-get)?|apk)$/.test(name) && args.some((arg) => /^(?:update|clean|autoclean)$/.test(arg ?? '')));
}

/** Words with the white space before them; undefined where a comment stands between. */
function removedWords({ instruction }: Step, { words }: SimpleCommand, spans: ReadonlySet<Installed['package']['span']>): readonly DocumentEdit[] | undefined {
  const starts = new Set([...spans].map(({ start }) => start));
  const list: DocumentEdit[] = [];
  for (const [at, { span }] of words.entries()) {
    const before = words[at - 1]?.span.end;
    if (before === undefined || !starts.has(span.start)) continue;
    if (instruction.file.source.text.slice(before, span.start).includes('#')) return undefined;
    const last = list.at(-1);
    if (last?.span.end === before) list.pop();
    list.push({ span: { start: last?.span.end === before ? last.span.start : before, end: span.end }, newText: '' });
  }
  return list;
}

function joint({ instruction: { file } }: Step): string {
  return ` ${file.escape}${file.source.eol}    && `;
}

function appended(step: Step, commands: readonly string[]): DocumentEdit {
  const end = step.invocations.at(-1)?.command?.span.end ?? step.instruction.argsSpan.end;
  return { span: { start: end, end }, newText: commands.map((each) => joint(step) + each).join('') };
}
