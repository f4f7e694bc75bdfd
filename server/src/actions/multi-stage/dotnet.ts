import { dotnetBase, dotnetChiseled, dotnetRuntime, type DotnetBase, type DotnetKind } from '../../engine/catalog/dotnet-runtimes.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { dotnetHabits } from './dotnet-habits.ts';
import { assemblyOf, isPlainProgram, isPropertySet, optionOf, publishedIn, publishesOf, type Publish } from './dotnet-project.ts';
import { isCached } from './files.ts';
import { isWithin, nameOf } from './paths.ts';
import type { Candidate, Habits, Needs, Plan, Product, Recipe, Recognition, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { pathAt, type Site } from './site.ts';
import { programPath, type Start } from './start.ts';

/** .NET programs: what `dotnet publish` puts into one directory. */
export const dotnet: Recipe = { mayBe: (text) => text.includes('dotnet'), recognise, habits: dotnetHabits, plan };

function recognise(site: Site, start: Start): Recognition | undefined {
  const { base } = site;
  if (base?.registry !== 'mcr.microsoft.com' || !/^dotnet\/(?:core\/)?sdk$/.test(base.repository)) return undefined;
  const publishes = publishesOf(site);
  const last = publishes.at(-1);
  const program = start.programs.at(-1);
  if (last === undefined || program === undefined) return undefined;
  const { written, path } = programOf(site, program);
  const found = path === undefined ? undefined : publishedIn(publishes, path);
  // A library is nothing the image could hold by itself; any other program it might.
  if (written === undefined || (found === undefined && program.name !== 'dotnet')) return undefined;
  const { step, invocation } = found?.publish ?? last;
  return { ecosystem: '.NET', step, invocation, sdk: true, runs: written };
}

/** The assembly that `dotnet` runs, or the program that stands for itself. */
function programOf(site: Site, argv: Argv): { readonly written: string | undefined; readonly path: string | undefined } {
  const { name, program, args } = argv;
  const written = name !== 'dotnet' ? program : args[0]?.endsWith('.dll') === true ? args[0] : undefined;
  const path = name === 'dotnet' ? (written === undefined ? undefined : resolvePath(site.workdir, written)) : programPath(argv, site.workdir);
  return { written, path };
}

function plan(site: Site, start: Start): Plan | Refusal {
  const publishes = publishesOf(site);
  const program = start.programs.at(-1);
  if (program === undefined || start.moves) return refuse('product');
  if (start.programs.length > 1) return refuse('several', { programs: [...new Set(start.programs.map(({ program: each, name }) => each ?? name ?? '?'))].join(', ') });
  const { path, written = '' } = programOf(site, program);
  const found = path === undefined ? undefined : publishedIn(publishes, path);
  if (path === undefined || found === undefined) return refuse('product');
  const { publish, directory } = found;
  const made = assemblyOf(publish);
  if (made !== undefined && nameOf(path).replace(/\.dll$/, '') !== made) return refuse('otherProduct', { project: nameOf(publish.file ?? ''), made: program.name === 'dotnet' ? `${made}.dll` : made, program: written });
  if (isAmongSources(site, directory)) return refuse('amongSources', { path: directory });
  if (isCached(publish.step, directory)) return refuse('cache', { path: directory });
  const base = baseOf(site, publish);
  if (base === undefined && /^(?:latest)?$/.test(site.base?.tag ?? '')) return refuse('dotnetVersion', { image: site.base?.text ?? '' });
  if (base === undefined || optionOf(publish.invocation.args, '-r', '--runtime')?.value?.startsWith('win') === true) return refuse('base', { image: site.base?.text ?? '' });
  const { suffix } = base;
  return {
    products: productsOf(site, publishes, publish, directory),
    finish: [],
    habits: habitsOf(site, publishes),
    family: suffix.startsWith('alpine') ? 'alpine' : 'debian',
    release: distributionOf(site.stage)?.release,
    isStatic: false,
    candidates: (needs) => choose(needs, candidates(site, needs, base, publish, program)),
  };
}

/** Does the directory hold what COPY and ADD bring, so that the sources lie among the product? */
function isAmongSources(site: Site, directory: string): boolean {
  return site.steps.some((step) => {
    const target = step.copy?.destination === undefined || step.copy.from !== undefined ? undefined : pathAt(step.copy.destination.text, step);
    return target !== undefined && isWithin(directory, target) && step.copy?.sources.some(({ text }) => /^\.?\/?$|\.(?:cs|fs|vb)proj$|^src\b/.test(text)) === true;
  });
}

/** A floating tag without a version is known by what the project is compiled for. */
function baseOf({ base }: Site, { project, invocation }: Publish): DotnetBase | undefined {
  const { tag = 'latest', repository = '' } = base ?? {};
  const framework = optionOf(invocation.args, '-f', '--framework')?.value ?? project?.framework;
  const version = tag === 'latest' ? /^net(\d+\.\d)$/.exec(framework ?? '')?.[1] : tag;
  return version === undefined ? undefined : dotnetBase(version, repository);
}

/**
 * The directory of the program, and those of the others. ASP.NET Core and the hosts read `appsettings.json` and `wwwroot` in the
 * working directory: where that is the project's own folder, the published ones take the place of those of the sources.
 */
function productsOf(site: Site, publishes: readonly Publish[], publish: Publish, directory: string): readonly Product[] {
  const { workdir } = site;
  const others = publishes.flatMap(({ output }) => (output === undefined || isWithin(directory, output) || isAmongSources(site, output) ? [] : [output]));
  const kept = [...new Set(others)].filter((path) => !site.steps.some(({ invocations }) => invocations.some(({ name, args, directory: at }) => name === 'rm' && args.some((arg) => arg !== undefined && resolvePath(at, arg) === path))));
  const isContentRoot = workdir !== undefined && workdir !== directory && publish.folder === workdir && workdir !== '/';
  const isPlain = isPlainProgram(publish, site) && site.context.presence(`${workdir ?? ''}/appsettings.json`) === 'absent';
  return [
    { path: directory, destination: directory },
    ...(isContentRoot && !isPlain ? [{ path: directory, destination: workdir }] : []),
    ...kept.map((path) => ({ path, destination: path })),
  ];
}

/** Folders of projects are sources: those that COPY takes project files from, and those that are published. */
function habitsOf(site: Site, publishes: readonly Publish[]): Habits {
  const copied = site.steps.flatMap(({ copy }) => (copy?.sources ?? []).flatMap(({ text }) => /^(?:\.\/)?(.+)\/[^/]+\.(?:cs|fs|vb|\*)proj$/.exec(text)?.[1] ?? []));
  const published = publishes.flatMap(({ folder, invocation }) => (folder !== undefined && invocation.directory !== undefined && isWithin(invocation.directory, folder) ? [folder.slice(invocation.directory.length + 1)] : []));
  const folders = [...copied, ...published].filter((each) => each !== '');
  return { ...dotnetHabits, isSource: (path) => dotnetHabits.isSource(path) || folders.some((each) => isWithin(each, path.replace(/^\.\//, '').replace(/\/$/, '')) || each.startsWith(`${path.replace(/\/$/, '')}/`)) };
}

function candidates(site: Site, needs: Needs, base: DotnetBase, publish: Publish, program: Argv): readonly Candidate[] {
  const { args } = publish.invocation;
  const kind = kindOf(site, publish, program);
  const { env, user } = stageFacts(site.stage);
  const isInvariant = /^(?:1|true)$/i.test(env.get('DOTNET_SYSTEM_GLOBALIZATION_INVARIANT')?.value ?? '') || publish.project?.isInvariant === true || isPropertySet(args, 'InvariantGlobalization');
  const framework = /^net(?:coreapp)?(\d+\.\d)/.exec(optionOf(args, '-f', '--framework')?.value ?? publish.project?.framework ?? '')?.[1];
  // The SDK images run programs for older releases; the others do so only when told.
  const variables = framework !== undefined && framework !== base.version && kind !== 'runtime-deps' && Number.parseInt(base.version, 10) >= 9 ? [['DOTNET_ROLL_FORWARD', 'Major'] as const] : [];
  const candidate = (key: Candidate['key'], runtime: Candidate['runtime']): Candidate => ({ key, runtime, packages: [], sameRelease: true, pinnedTag: undefined, variables });
  const chiseled = /^(?:app|1654|\$\{?APP_UID\}?)$/.test(user?.instruction.args ?? '') && needs.packages.length === 0 ? dotnetChiseled(kind, base) : undefined;
  return [candidate('multi-stage', dotnetRuntime(kind, base, isInvariant)), ...(chiseled === undefined ? [] : [candidate('multi-stage-distroless', chiseled)])];
}

function kindOf(site: Site, publish: Publish, program: Argv): DotnetKind {
  const { args } = publish.invocation;
  const option = optionOf(args, '--self-contained', '--sc');
  const isOff = option?.value === 'false' || args.includes('--no-self-contained');
  const carries = option !== undefined || isPropertySet(args, 'SelfContained') || isPropertySet(args, 'PublishAot') || publish.project?.selfContained === true;
  if (carries && !isOff && program.name !== 'dotnet') return 'runtime-deps';
  return isPlainProgram(publish, site) ? 'runtime' : 'aspnet';
}
