import { interpreterRuntime, smallSibling } from '../../engine/catalog/interpreter-images.ts';
import { compilesAtRunTime, isCompiled, librariesOf, needsOpenMp } from '../../engine/catalog/python-packages.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import { officialImage } from './images.ts';
import { isCopiedAgain, leavesCompilers, namesHeaders, ownPrograms, projectProducts, removesCompilers, scriptProblem, usesLoginShell } from './interpreted.ts';
import { isWithin } from './paths.ts';
import { environmentOf, type Environment } from './python-environment.ts';
import { pythonHabits } from './python-habits.ts';
import { installsOf, wantedBy, type PythonInstall, type Wanted } from './python-install.ts';
import { commandWithoutLead, isNoService, programText, withoutLead } from './python-start.ts';
import { isRefusal, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { installedBy } from './runs.ts';
import type { Site } from './site.ts';
import { startOf, type Start } from './start.ts';
import { buildingSteps } from './split.ts';

/** Programs in Python whose packages pip, Poetry or uv installs. They go along in a virtual environment, at the same path in both stages. */
export const python: Recipe = {
  mayBe: (text, base) => (base === 'python' || text.includes('astral-sh/uv:')) && /\b(?:pip[\d.]*|poetry|uv)\b/.test(text),
  recognise, habits: pythonHabits({ hasWholeCopy: true, isSmall: true }), plan,
};

/** The image of Python that everything starts from. */
interface Base {
  readonly image: string;
  readonly isFull: boolean;
  readonly pinned: string | undefined;
  readonly family: 'debian' | 'alpine';
  readonly release: string | undefined;
}

function baseOf({ stage, base }: Site): Base | undefined {
  // The images of uv are built on those of Python: astral-sh/uv, docker/README.
  const ofUv = base?.registry === 'ghcr.io' && base.repository === 'astral-sh/uv' ? /(?:^|-)python(3\.\d+-(?:trixie|bookworm|bullseye|alpine)[\w.-]*)$/.exec(base.tag ?? '')?.[1] : undefined;
  if (ofUv === undefined && officialImage(base) !== 'python') return undefined;
  const tag = ofUv?.replace(/^(3\.\d+)-(\w+)-slim$/, '$1-slim-$2') ?? base?.tag;
  if (/^2\b/.test(tag ?? '')) return undefined;
  const seen = distributionOf(stage);
  if (seen?.family !== 'debian' && seen?.family !== 'alpine') return undefined;
  const sibling = smallSibling(tag, seen.release);
  if (sibling === undefined) return undefined;
  const pinned = base?.digest === undefined ? sibling.pinned : undefined;
  return { image: `python:${sibling.tag}`, isFull: sibling.isFull, pinned, family: seen.family, release: seen.release };
}

function recognise(site: Site, start: Start): Recognition | undefined {
  const base = baseOf(site);
  const installs = base === undefined ? [] : installsOf(site);
  const found = installs.findLast(({ isTool }) => !isTool);
  const seen = withoutLead(start);
  const program = seen.programs.at(-1);
  if (base === undefined || found === undefined || program === undefined || isNoService(program)) return undefined;
  const compiles = leavesCompilers(site) || (base.isFull && !removesCompilers(site) && (namesHeaders(site) || (wantedBy(site, installs)?.names.some(isCompiled) ?? false)));
  const { step, invocation } = found;
  return { ecosystem: 'Python', step, invocation, sdk: base.isFull, runs: programText(program), start: seen, isNative: true, isQuiet: !compiles };
}

function plan(site: Site, start: Start): Plan | Refusal {
  const base = baseOf(site);
  const installs = installsOf(site);
  if (base === undefined) return refuse('base', { image: site.base?.text ?? '' });
  if (removesCompilers(site)) return refuse('removed');
  const written = startOf(site.stage) ?? start;
  const environment = environmentOf(site, installs);
  if (isRefusal(environment)) return environment;
  const command = commandWithoutLead(site, written);
  if (command !== undefined && isRefusal(command)) return command;
  const wanted = wantedBy(site, installs.filter(({ isTool }) => !isTool));
  const packages = packagesFor(site, base, wanted);
  if (!isPackageList(packages)) return packages;
  const problem = startProblem(site, start, base, environment, installs);
  if (problem !== undefined) return problem;
  const last = installs.at(-1)?.step;
  const habits = pythonHabits({ hasWholeCopy: last !== undefined && isCopiedAgain(site, last), isSmall: !base.isFull });
  const project = projectProducts(site, buildingSteps(site, habits), habits);
  if (isRefusal(project)) return project;
  const own: readonly Product[] = project.some(({ path }) => isWithin(path, environment.path)) ? [] : [{ path: environment.path, destination: environment.path }];
  const runtime = interpreterRuntime(base.image, ['python', 'python3', 'pip', 'pip3', ...ownPrograms(start, base.isFull)]);
  const settings = environment.isNew || (command !== undefined && !environment.isOnPath) ? [{ keyword: 'ENV' as const, args: `PATH="${environment.path}/bin:$PATH"` }] : [];
  return {
    products: [...own, ...project], habits, finish: [], settings,
    ...(environment.prelude === undefined ? {} : { prelude: environment.prelude }),
    ...(command === undefined ? {} : { command }),
    family: base.family, release: base.release, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime, packages, sameRelease: true, pinnedTag: base.pinned }]),
  };
}

function isPackageList(value: readonly string[] | Refusal): value is readonly string[] {
  return Array.isArray(value);
}

/** System packages that the small image needs for the packages of Python; a reason where they cannot be named. */
function packagesFor(site: Site, { isFull, family, release }: Base, wanted: Wanted | undefined): readonly string[] | Refusal {
  const names = wanted?.names ?? [];
  const compiling = names.find(compilesAtRunTime);
  if (compiling !== undefined) return refuse('compiles', { name: compiling });
  const installed = site.steps.flatMap((step) => installedBy(step).map((each) => each.package.name));
  const openMp = names.some(needsOpenMp) && (isFull || installed.some((each) => /^(?:gcc|g\+\+|build-(?:essential|base))$/.test(each)));
  // The library of C++ is part of Debian's base, and not of Alpine's.
  if (family === 'alpine') return [...(openMp ? ['libgomp'] : []), ...(installed.some((each) => /^(?:g\+\+|build-base|clang)$/.test(each)) ? ['libstdc++'] : [])];
  const own = openMp ? ['libgomp1'] : [];
  if (!isFull) return own;
  if (wanted === undefined) return namesHeaders(site) ? own : refuse('requirements');
  const found = names.map((name) => ({ name, libraries: librariesOf(name, wanted.extras, release) }));
  const unknown = found.find(({ libraries }) => libraries === 'unknown');
  return unknown === undefined ? [...own, ...found.flatMap(({ libraries }) => (libraries === 'unknown' ? [] : libraries))] : refuse('addon', { name: unknown.name });
}

/** A path that packages have as long as they are the system's. */
const installedPath = /\/(?:site|dist)-packages|\/usr\/local\/bin\/(?!python|docker-|uvx?\b|entry)\w/;

/** The word that holds the pattern. Looked for from the match on, so that a long word is read once. */
function wordWith(pattern: RegExp, text: string): string | undefined {
  const at = text.search(pattern);
  if (at < 0) return undefined;
  const start = Math.max(text.lastIndexOf(' ', at), text.lastIndexOf('"', at), text.lastIndexOf('=', at)) + 1;
  return /^[^\s"']*/.exec(text.slice(start))?.[0];
}

/** Why the container would not start as before: paths, shells and scripts that know the packages by where they were. */
function startProblem(site: Site, start: Start, { isFull }: Base, { isNew }: Environment, installs: readonly PythonInstall[]): Refusal | undefined {
  if (isNew && usesLoginShell(site)) return refuse('loginShell');
  const named = isNew ? site.steps.flatMap(({ instruction }) => wordWith(installedPath, instruction.args) ?? [])[0] : undefined;
  if (named !== undefined) return refuse('absolutePath', { text: named });
  // Their configuration may name programs by path.
  const supervisor = isNew ? start.programs.find(({ name }) => ['supervisord', 'circusd', 'crond', 'cron', 's6-svscan', 'runsvdir', 'apache2', 'apache2ctl'].includes(name ?? '')) : undefined;
  if (supervisor !== undefined) return refuse('script', { program: supervisor.name ?? '' });
  if (isNew && site.steps.some((step) => installedBy(step).some((each) => /^(?:cron|dcron|cronie|supervisor)$/.test(each.package.name)))) return refuse('script', { program: 'cron' });
  const outside = start.programs.find(({ program }) => program?.startsWith('/') === true && /\/(?:poetry|uv)$/.test(program));
  if (outside !== undefined) return refuse('tool', { tool: outside.program ?? '' });
  const managers = installs.flatMap(({ kind }) => (kind === 'poetry' ? ['poetry'] : kind.startsWith('uv') ? ['uv', 'uvx'] : []));
  // A script of a small image may call anything but these; one that cannot be read may name packages by path.
  return scriptProblem(site, start, isFull, new Set([...managers, ...(isNew && (isFull || managers.length > 0) ? ['/usr/local/bin'] : [])]));
}
