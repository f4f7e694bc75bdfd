import { edits, refused, type DocumentEdit, type FixOutcome } from '../../engine/core/finding.ts';
import { commandOf } from '../../engine/dockerfile/command.ts';
import { stageFacts } from '../../engine/dockerfile/facts.ts';
import { deleteInstruction, execForm, insertAfter, insertBefore, replaceArguments } from '../../engine/dockerfile/edit.ts';
import { pairsOf } from '../../engine/dockerfile/pairs.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { toExecForm } from '../../engine/shell/exec-form.ts';
import { checkConversion } from './check.ts';
import { baseText, platformFlag, rootStage } from './images.ts';
import { asWritten } from './paths.ts';
import type { Candidate, Habits, Line, Plan, Product } from './recipe.ts';
import type { Site } from './site.ts';
import type { Item } from './arrange.ts';
import type { Split } from './split.ts';

/** The edits that split the stage for one final base, checked; or the reason why they would not do. */
export function convert(site: Site, habits: Habits, plan: Plan, split: Split, candidate: Candidate): FixOutcome {
  const list = conversionEdits(site, habits, plan, split, candidate);
  const problem = checkConversion(site, habits, split, candidate, list, plan);
  return problem === undefined ? edits(list) : refused(problem.refused);
}

function conversionEdits(site: Site, habits: Habits, plan: Plan, split: Split, candidate: Candidate): readonly DocumentEdit[] {
  const { stage } = site;
  const names = stageNames(stage);
  const prelude = plan.prelude === undefined ? [] : [insertBefore(plan.prelude.before, plan.prelude.lines.map((line) => written(site, line)))];
  const list: DocumentEdit[] = [...fromEdits(site, names.build, candidate), ...joined(deletions(split.moved), prelude)];
  const lines = [
    ...plan.finish.map((line) => `${cased(site, 'RUN')} ${line}`),
    '',
    ...finalStage(site, habits, split, candidate, names, plan),
  ];
  const rewritten = split.rest.flatMap((each) => commandEdit(each, candidate, plan.command));
  return [...list, insertAfter(split.cut, lines), ...rewritten];
}

/** The build stage's name, and that of the final one where it had one that speaks of the image, not of building. */
function stageNames({ name, index, file }: Stage): { readonly build: string; readonly final: string | undefined } {
  const taken = new Set(file.stages.map((each) => each.name?.toLowerCase()));
  const free = ['build', 'builder', 'build-stage', `build-${String(index)}`].find((each) => !taken.has(each)) ?? 'compile';
  if (name === undefined) return { build: free, final: undefined };
  return /build|compile|sdk|base|deps|stage|golang|node/i.test(name) ? { build: name, final: undefined } : { build: free, final: name };
}

/** Gives the stage the name of one that builds. */
export function nameStage(site: Site): { readonly build: string; readonly edits: readonly DocumentEdit[] } {
  const { build } = stageNames(site.stage);
  return { build, edits: fromEdits(site, build, { pinnedTag: undefined }) };
}

/** Keywords are written as the file's last FROM writes them. */
export function cased(site: Site, keyword: string): string {
  const { keywordSpan } = site.stage.from.instruction;
  const written = site.file.source.slice(keywordSpan);
  return written === written.toLowerCase() ? keyword.toLowerCase() : keyword;
}

function written(site: Site, { keyword, args }: Line): string {
  return `${cased(site, keyword)} ${args}`;
}

/** Names the build stage, and pins the release of the image that everything starts from. */
function fromEdits(site: Site, build: string, { pinnedTag }: Pick<Candidate, 'pinnedTag'>): readonly DocumentEdit[] {
  const { from, name } = site.stage;
  const root = rootStage(site).from;
  const as = `${cased(site, 'AS')} ${build}`;
  const pin = pinnedTag === undefined ? undefined : pinEdit(root, site.base, pinnedTag);
  if (from.nameSpan !== undefined) return [...(pin === undefined ? [] : [pin]), ...(name === build ? [] : [{ span: from.nameSpan, newText: build }])];
  if (pin === undefined || root !== from) return [...(pin === undefined ? [] : [pin]), { span: { start: from.imageSpan.end, end: from.imageSpan.end }, newText: ` ${as}` }];
  return [{ span: pin.span, newText: `${pin.newText} ${as}` }];
}

/** `golang:1.27` becomes `golang:1.27-trixie`, also where a variable holds the version. */
function pinEdit({ imageText, imageSpan }: Stage['from'], base: Site['base'], pinnedTag: string): DocumentEdit | undefined {
  const { end } = imageSpan;
  const tag = base?.tag;
  if (!imageText.includes(base?.name ?? '')) return undefined;
  if (tag !== undefined && pinnedTag.startsWith(`${tag}-`)) return { span: { start: end, end }, newText: pinnedTag.slice(tag.length) };
  if (imageText.includes('$')) return undefined;
  const start = imageText.endsWith(':latest') ? end - ':latest'.length : end;
  return { span: { start, end }, newText: `:${pinnedTag}` };
}

/** Lines of the new stage, down to where the rest of the file goes on. */
function finalStage(site: Site, habits: Habits, split: Split, candidate: Candidate, names: ReturnType<typeof stageNames>, { command, settings = [] }: Plan): readonly string[] {
  const keyword = (word: string): string => cased(site, word);
  const platform = platformFlag(site);
  const name = names.final === undefined ? '' : ` ${keyword('AS')} ${names.final}`;
  const copy = ({ path, destination, isSystem }: Product): string => {
    const words = [path, asWritten(destination, split.workdir)];
    const chown = isSystem === true ? '' : chownFor(split, path);
    const text = words.some((word) => /\s/.test(word)) ? JSON.stringify(words) : words.join(' ');
    return `${keyword('COPY')} --from=${names.build}${chown} ${text}`;
  };
  const linesOf = (item: Item): readonly string[] => {
    switch (item.kind) {
      case 'instruction':
        return item.instruction.keyword === 'ENV' ? environmentText(item.instruction, habits) : textOf(item.instruction, candidate, command);
      case 'commands':
        return chain(site, keyword('RUN'), item.commands);
      case 'workdir':
        return [`${keyword('WORKDIR')} ${item.path}`];
      case 'copy':
        // COPY gives files to root, whoever the user is.
        return [copy({ ...item.product, isSystem: true })];
      case 'packages':
        return [...packageLines(site, split, candidate), ...variableLines(site, candidate, keyword('ENV'))];
    }
  };
  return [
    `${keyword('FROM')} ${platform}${baseText(site, candidate.runtime)}${name}`,
    ...split.head.flatMap(linesOf),
    ...split.products.map(copy),
    ...settings.map((line) => written(site, line)),
    ...split.tail.flatMap(linesOf),
  ];
}

/** Files that a user other than root built stay that user's. The directory itself would become root's otherwise. */
function chownFor({ owner }: Split, path: string): string {
  return owner === undefined || !path.startsWith('/') ? '' : ` --chown=${owner}`;
}

/** One RUN that installs what the final image needs, in the way of its package manager. */
function packageLines(site: Site, split: Split, candidate: Candidate): readonly string[] {
  const { runtime, packages } = candidate;
  const { needs } = split;
  const mirrors = split.mirrors.filter((command) => fitsMirror(command, candidate));
  const wanted = [...new Set([...runtime.packages, ...packages, ...needs.packages])].filter((each) => !needs.later.includes(each.replace(/=.*$/, ''))).sort();
  return runtime.family === 'distroless' ? [] : installLines(site, runtime.family, wanted, { recommends: needs.recommends, mirrors });
}

/** One RUN that installs packages of a distribution; none where nothing is wanted. */
export function installLines(site: Site, family: 'debian' | 'alpine', wanted: readonly string[], { recommends = false, mirrors = [] }: { readonly recommends?: boolean; readonly mirrors?: readonly string[] } = {}): readonly string[] {
  if (wanted.length === 0) return [];
  const run = cased(site, 'RUN');
  if (family === 'alpine') return chain(site, run, [...mirrors, `apk add --no-cache ${wanted.join(' ')}`]);
  return chain(site, run, [
    ...mirrors,
    'apt-get update',
    // Outside Debian, which has it already, tzdata asks where it is.
    `${wanted.includes('tzdata') ? 'DEBIAN_FRONTEND=noninteractive ' : ''}apt-get install -y ${recommends ? '' : '--no-install-recommends '}${wanted.join(' ')}`,
    'rm -rf /var/lib/apt/lists/*',
  ]);
}

/** ENV that the build image had and the final one lacks, unless the file sets it. */
function variableLines({ stage }: Site, { runtime, variables = [] }: Candidate, env: string): readonly string[] {
  const wanted = [...(runtime.variables ?? []), ...variables].filter(([name]) => !stageFacts(stage).env.has(name));
  return wanted.length === 0 ? [] : [`${env} ${wanted.map(([name, value]) => `${name}=${value}`).join(' ')}`];
}

/** A mirror is set in a file of its distribution, and Debian's has another name in newer releases. */
function fitsMirror(command: string, { runtime, sameRelease }: Candidate): boolean {
  return runtime.family === 'alpine' ? command.includes('/etc/apk/') : sameRelease && command.includes('/etc/apt/');
}

function chain(site: Site, run: string, commands: readonly string[]): readonly string[] {
  return commands.map((command, index) => {
    const end = index < commands.length - 1 ? ` ${site.file.escape}` : '';
    return `${index === 0 ? `${run} ` : ' && '}${command}${end}`;
  });
}

/** An instruction as written, with the comments directly above it where it moves. */
function textOf(instruction: Instruction, candidate: Candidate, given: Plan['command']): readonly string[] {
  const { source } = instruction.file;
  const [edit] = commandEdit(instruction, candidate, given);
  const text = edit === undefined ? source.slice(instruction.span) : source.text.slice(instruction.span.start, edit.span.start) + edit.newText;
  const comments = moves.has(instruction.keyword) ? instruction.comments.map(({ span }) => source.slice(span)) : [];
  return [...comments, ...text.split(/\r?\n/)];
}

/** ENV as written, without the names that only the build reads. */
function environmentText(instruction: Instruction, habits: Habits): readonly string[] {
  const { source } = instruction.file;
  const pairs = pairsOf(instruction);
  const kept = pairs.filter(({ name }) => !habits.variables(name));
  if (kept.length === 0 || kept.length === pairs.length) return source.slice(instruction.span).split(/\r?\n/);
  return [`${source.slice(instruction.keywordSpan)} ${kept.map(({ span }) => source.slice(span)).join(' ')}`];
}

const moves: ReadonlySet<string> = new Set(['LABEL', 'MAINTAINER', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']);

/** What changes of a start command: the program that the final image lacks, the shell that it lacks. */
function commandEdit(instruction: Instruction, { runtime }: Candidate, given: Plan['command']): readonly DocumentEdit[] {
  if (given?.instruction !== instruction) return runtime.shells.length > 0 ? [] : execEdit(instruction);
  return [replaceArguments(instruction, execForm(given.words, { escape: instruction.file.escape, eol: instruction.file.source.eol }))];
}

/** The shell form of a start command in exec form, for images without a shell. */
function execEdit(instruction: Instruction): readonly DocumentEdit[] {
  if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') return [];
  const command = commandOf(instruction);
  if (command?.form !== 'shell' || command.script === undefined) return [];
  const form = toExecForm(command.script);
  return form.kind === 'exec' ? [replaceArguments(instruction, execForm(form.words, { escape: instruction.file.escape, eol: instruction.file.source.eol }))] : [];
}

/** Lines that begin where a deletion ends are part of that edit: edits must not touch. */
function joined(deleted: readonly DocumentEdit[], added: readonly DocumentEdit[]): readonly DocumentEdit[] {
  const edits = deleted.map((each) => ({ ...each, newText: added.filter(({ span }) => span.start === each.span.end).map(({ newText }) => newText).join('') }));
  return [...edits, ...added.filter(({ span }) => !deleted.some((each) => each.span.end === span.start))];
}

/** Whole lines of instructions that leave the build stage, neighbours in one edit, with an empty line too many. */
function deletions(moved: readonly Instruction[]): readonly DocumentEdit[] {
  const list: DocumentEdit[] = [];
  for (const instruction of moved) {
    const { text } = instruction.file.source;
    const { span } = deleteInstruction(instruction, { comments: true });
    const last = list.at(-1);
    const neighbour = text.slice(last?.span.end ?? 0, span.start).trim() === '' ? last : undefined;
    const start = neighbour?.span.start ?? span.start;
    if (neighbour !== undefined) list.pop();
    const blank = /\n[ \t]*\r?\n$/.test(text.slice(0, start)) ? (/^[ \t]*\r?\n/.exec(text.slice(span.end))?.[0].length ?? 0) : 0;
    list.push({ span: { start, end: span.end + blank }, newText: '' });
  }
  return list;
}
