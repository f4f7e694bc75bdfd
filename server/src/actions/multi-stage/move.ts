import { edits, refused, type DocumentEdit, type FixOutcome } from '../../engine/core/finding.ts';
import type { Message } from '../../engine/core/message.ts';
import { insertAfter, insertBefore } from '../../engine/dockerfile/edit.ts';
import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import { stageFacts } from '../../engine/dockerfile/facts.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { parseDockerfile } from '../../engine/dockerfile/view.ts';
import { applyEdits, type Span } from '../../engine/text/span.ts';
import type { BuildContext } from '../../engine/workspace/build-context.ts';
import { lostSetting } from './check.ts';
import { singleStage, type SingleStage } from './conversion.ts';
import { cased, installLines } from './convert.ts';
import { made } from './made.ts';
import { packagesOf, recommendsOf } from './needs.ts';
import { asWritten, isWithin } from './paths.ts';
import { isRefusal, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { installedBy } from './runs.ts';
import { siteOf, type Site, type Step } from './site.ts';
import { splitOf } from './split.ts';

const movable: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);
/** What only a compiler reads. */
const source = /\.(?:c|cc|cpp|cxx|h|hpp|java|go)$/;
const repeated: ReadonlySet<string> = new Set(['ENV', 'ARG', 'WORKDIR', 'SHELL']);

/**
 * Puts the selected steps of the last stage into a build stage. Everything above them becomes the base of both stages, so that
 * neither lacks anything; what the steps make is copied to the last stage by its path. Undefined where no step is selected.
 */
export function moveToStage(stage: Stage, selection: Span, build?: BuildContext): FixOutcome | undefined {
  const touched = stage.instructions.filter(({ keyword, span }) => movable.has(keyword) && span.start < selection.end && selection.start < span.end);
  const [first] = touched;
  const last = touched.at(-1);
  if (first === undefined || last === undefined || !touched.some(({ keyword }) => keyword === 'RUN')) return undefined;
  const refusal = (problem: Refusal): FixOutcome => refused(problem.refused);
  const range = stage.instructions.filter(({ index }) => index >= first.index && index <= last.index);
  const strange = range.find(({ keyword }) => !movable.has(keyword) && !repeated.has(keyword));
  if (strange !== undefined) return refusal(refuse('selection', { keyword: strange.keyword }));
  if (stage.instructions.some(({ keyword }) => keyword === 'ONBUILD')) return refusal(refuse('selection', { keyword: 'ONBUILD' }));
  const site = siteOf(stage);
  const steps = site.steps.filter(({ instruction }) => range.includes(instruction));
  const outputs = outputsOf(stage, steps, site, build);
  if (isRefusal(outputs)) return refusal(outputs);
  const packages = packageLinesOf(site, steps, outputs);
  if (isRefusal(packages)) return refusal(packages);
  const list = editsFor(site, first, last, range, { outputs: outputs.paths, packages });
  const problem = problemOf(site, list);
  return problem === undefined ? edits(list) : refused(problem);
}

/** What the last stage needs of what the steps make. */
interface Outputs {
  readonly paths: readonly string[];
  /** A recipe knows them, and that no package of the system is needed beside them. */
  readonly known: boolean;
}

/** Paths as a recipe knows them, or else everything that the commands name. */
function outputsOf(stage: Stage, steps: readonly Step[], site: Site, build: BuildContext | undefined): Outputs | Refusal {
  const single = singleStage(stage, build);
  const known = single === undefined || !steps.some(({ instruction }) => instruction === single.step.instruction) ? undefined : knownOutputs(single, steps);
  if (known !== undefined) return { paths: known, known: true };
  const paths: string[] = [];
  const compiles = steps.some(({ invocations }) => invocations.some(({ name }) => /^(?:gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|go|javac)$/.test(name)));
  for (const step of steps) {
    const found = made(step, site);
    if (isRefusal(found)) return found;
    for (const path of found.filter((each) => !compiles || !source.test(each))) if (!paths.some((each) => isWithin(each, path))) paths.push(path);
  }
  const kept = steps.flatMap(installedBy).find(({ package: each }) => !isBuildPackage(each.name));
  if (paths.length === 0) return kept === undefined ? refuse('noOutput') : refuse('selectedPackage', { name: kept.package.name });
  return { paths: [...new Set(paths)].filter((path) => !paths.some((each) => each !== path && isWithin(each, path))), known: false };
}

/** The last stage installs for itself what the program may need of the packages that the steps install. */
function packageLinesOf(site: Site, steps: readonly Step[], { known }: Outputs): readonly string[] | Refusal {
  const kept = steps.flatMap(installedBy).find(({ package: each }) => !isBuildPackage(each.name));
  if (known || kept === undefined) return [];
  const distribution = distributionOf(site.stage);
  const family = distribution?.family === 'ubuntu' ? 'debian' : distribution?.family;
  if (distribution?.evidence !== 'image' || (family !== 'debian' && family !== 'alpine')) return refuse('selectedPackage', { name: kept.package.name });
  const packages = packagesOf(steps, { family, release: distribution.release, isStatic: false }, { isBuildPackage });
  return isRefusal(packages) ? packages : installLines(site, family, packages, { recommends: recommendsOf(steps, { isBuildPackage }) });
}

/** What a conversion would copy; undefined where there is none, or where the selection sets up more than it builds. */
function knownOutputs(single: SingleStage, steps: readonly Step[]): readonly string[] | undefined {
  const { recipe, site, start } = single;
  const plan = recipe.plan?.(site, start, single);
  if (plan === undefined || isRefusal(plan) || plan.prelude !== undefined) return undefined;
  const habits = plan.habits ?? recipe.habits;
  const split = habits === undefined ? undefined : splitOf(site, start, habits, plan);
  if (split === undefined || isRefusal(split) || split.needs.packages.length > 0) return undefined;
  const setsUp = [...split.head, ...split.tail].some((item) => item.kind === 'commands' || (item.kind === 'instruction' && item.instruction.keyword === 'RUN' && steps.some(({ instruction }) => instruction === item.instruction)));
  return setsUp ? undefined : [...split.products, ...split.head.flatMap((item) => (item.kind === 'copy' ? [item.product] : []))].map(({ path }) => path);
}

function editsFor(site: Site, first: Instruction, last: Instruction, range: readonly Instruction[], { outputs, packages }: { readonly outputs: readonly string[]; readonly packages: readonly string[] }): readonly DocumentEdit[] {
  const { stage } = site;
  const { from, name } = stage;
  const taken = new Set(stage.file.stages.map((each) => each.name?.toLowerCase()));
  const free = (...names: readonly string[]): string => names.find((each) => !taken.has(each)) ?? `${names[0] ?? ''}-${String(stage.index)}`;
  const build = free('build', 'builder', 'compile');
  const word = (keyword: string): string => cased(site, keyword);
  const { source: text } = stage.file;
  const isFirst = stage.instructions[0] === first;
  const base = isFirst ? text.slice({ start: from.imageSpan.start, end: from.imageSpan.end }) : free('base', 'common', 'runtime');
  const platform = from.platform === undefined || !isFirst ? '' : `--platform=${from.platform} `;
  const label = isFirst ? build : base;
  const step = site.steps.find(({ instruction }) => instruction === last);
  const user = step?.user === undefined || /^(?:root|0)(?::|$)/.test(step.user) ? '' : ` --chown=${step.user}`;
  const final = [
    '',
    `${word('FROM')} ${platform}${base}${name === undefined ? '' : ` ${word('AS')} ${name}`}`,
    ...range.filter(({ keyword }) => repeated.has(keyword)).flatMap(({ span }) => text.slice(span).split(/\r?\n/)),
    ...packages,
    ...outputs.map((path) => `${word('COPY')} --from=${build}${user} ${path} ${asWritten(path, site.steps.find(({ instruction }) => instruction.index > last.index)?.workdir ?? site.workdir)}`),
  ];
  const naming: DocumentEdit = from.nameSpan === undefined ? { span: { start: from.imageSpan.end, end: from.imageSpan.end }, newText: ` ${word('AS')} ${label}` } : { span: from.nameSpan, newText: label };
  if (isFirst) return [naming, insertAfter(last, final)];
  const above = insertBefore(first, [`${word('FROM')} ${base} ${word('AS')} ${build}`]);
  const gap = /\n[ \t]*\r?\n$/.test(text.text.slice(0, above.span.start)) ? '' : text.eol;
  return [naming, { ...above, newText: gap + above.newText }, insertAfter(last, final)];
}

/** What the last stage would lose, though it should not. */
function problemOf(site: Site, list: readonly DocumentEdit[]): Message | undefined {
  const file = parseDockerfile(applyEdits(site.file.source.text, list));
  const final = file.stages.at(-1);
  if (final === undefined || file.problems.length > site.file.problems.length) return refuse('lost', { what: 'FROM' }).refused;
  const lost = lostSetting(stageFacts(site.stage), stageFacts(final), site, { variables: () => false }, {});
  return lost === undefined ? undefined : refuse('lost', { what: lost }).refused;
}
