import { compilerLibrary, headersOfCmakePackage, headersOfLibrary } from '../../engine/catalog/c-libraries.ts';
import { runtimeLibrary } from '../../engine/catalog/runtime-packages.ts';
import { alpine, debianSlim, distroless, ubuntu, type Distribution, type RuntimeImage } from '../../engine/catalog/runtimes.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { type Compiled, compiledBy, makesProgram, projectsOf } from './c-builds.ts';
import { cHabits, isCompiler } from './c-habits.ts';
import { officialImage, rootStage } from './images.ts';
import { isCached, movedTo, plainDistribution, wasMoved } from './made-files.ts';
import { isRefusal, type Candidate, type Needs, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { installedBy } from './runs.ts';
import type { Site } from './site.ts';
import { isScriptFile, programPath, type Start } from './start.ts';

/** C and C++ programs: files that a compiler, `make`, CMake, Ninja or Meson links against libraries of the distribution. */
export const c: Recipe = {
  mayBe: (text, base) => base === 'gcc' || base === 'buildpack-deps' || ((base === 'debian' || base === 'ubuntu' || base === 'alpine') && /\b(?:make|cmake|ninja|meson|cc|gcc|clang)\b|[gc]\+\+/.test(text)),
  recognise,
  habits: cHabits,
  plan,
};

const toolchain: ReadonlySet<string> = new Set(['build-essential', 'build-base', 'gcc', 'g++', 'clang', 'cmake']);

/** Images with a compiler and the headers of many libraries. */
function isFull(site: Site): boolean {
  const name = officialImage(site.base);
  return name === 'gcc' || (name === 'buildpack-deps' && !/curl|scm/.test(site.base?.tag ?? ''));
}

function recognise(site: Site, start: Start): Recognition | undefined {
  const program = start.programs.at(-1);
  const sdk = isFull(site);
  if (program?.name === undefined || cHabits.programs.has(program.name) || isScriptFile(program)) return undefined;
  if (!sdk && !site.steps.some((step) => installedBy(step).some((each) => toolchain.has(each.package.name) || isCompiler(each.package.name)))) return undefined;
  const found = productOf(site, program, compiledBy(site));
  if (found === undefined) return undefined;
  const hidesLibraries = projectsOf(site).length === 0 && found.made.path === undefined;
  return { ecosystem: 'C/C++', step: found.made.step, invocation: found.made.invocation, sdk, runs: program.program, hidesLibraries };
}

interface Found {
  readonly product: Product;
  readonly made: Compiled;
}

/** The file that the start command runs, followed back through `cp` and `mv` to the command that makes it. */
function productOf(site: Site, program: Argv, all: readonly Compiled[]): Found | undefined {
  const path = programPath(program, site.workdir);
  const { name } = program;
  if (name === undefined || all.length === 0) return undefined;
  for (const place of path === undefined ? ['/usr/local/bin', '/usr/bin', '/bin'].map((each) => `${each}/${name}`) : [path]) {
    let origin = place;
    let isLink = false;
    for (let moved = movedTo(site, origin), steps = 0; moved !== undefined && moved.source !== origin && steps < 8; moved = movedTo(site, origin), steps += 1) {
      isLink ||= moved.isLink;
      origin = moved.source;
    }
    const made = all.findLast((each) => makesProgram(site, each, origin));
    if (made !== undefined) return { made, product: { path: isLink ? origin : place, destination: place } };
  }
  return undefined;
}

function plan(site: Site, start: Start): Plan | Refusal {
  const program = start.programs.at(-1);
  if (program === undefined) return refuse('product');
  const names = [...new Set(start.programs.map((each) => each.program ?? '?'))];
  if (names.length > 1) return refuse('several', { programs: names.join(', ') });
  const all = compiledBy(site);
  const found = start.moves && programPath(program, '/') !== program.program ? undefined : productOf(site, program, all);
  if (found === undefined) return refuse('product');
  const { product, made } = found;
  if (isCached(site, product.path)) return refuse('cache', { path: product.path });
  const distribution = distributionFor(site);
  if (distribution === undefined) return refuse('base', { image: rootStage(site).from.imageText });
  const flags = all.flatMap(({ invocation }) => invocation.args.flatMap((arg) => arg ?? []));
  const configured = site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args, environment }) => (name === 'cmake' || name === 'configure' || name === 'make' ? [...args.flatMap((arg) => arg ?? []), ...[...environment.values()].flatMap((each) => each ?? [])] : [])));
  const projects = projectsOf(site);
  if (projects.some(({ makesShared }) => makesShared) || configured.some((flag) => /^-DBUILD_SHARED_LIBS(?::\w+)?=(?:ON|1|TRUE|YES)$/i.test(flag))) return refuse('shared');
  const isStatic = made.path !== undefined ? made.invocation.args.includes('-static') : configured.some((flag) => /(?:^|[\s=])-static(?:\s|$)/.test(flag));
  const mayBeCplusplus = made.path === undefined || made.invocation.name.includes('++') || flags.some((flag) => /\.(?:cpp|cc|cxx|C)$|^-lstdc\+\+$/.test(flag));
  if (mayBeCplusplus && !isStatic && outrunsDebian(site, distribution) && ![...flags, ...configured].some((flag) => flag.includes('-static-libstdc++'))) return refuse('cplusplus', { image: site.base?.text ?? '' });
  const linked = [...new Set([...flags.flatMap((flag) => (/^-l./.test(flag) ? [flag.slice(2)] : flag === '-fopenmp' ? ['gomp'] : [])), ...projects.flatMap((each) => [...each.linked, ...(each.packages.includes('OpenMP') ? ['gomp'] : [])])])];
  const libraries = isStatic ? [] : librariesFor(site, linked, projects.flatMap(({ packages }) => packages), distribution);
  if (isRefusal(libraries)) return libraries;
  const others = all.flatMap(({ path }) => (path === undefined || path === product.path || wasMoved(site, path) || site.steps.some(({ copy }) => copy?.destination?.text === path) ? [] : [{ path, destination: path }]));
  return {
    products: [product, ...(movedTo(site, product.path) === undefined ? others : others.filter(({ path }) => movedTo(site, product.path)?.source !== path))],
    finish: [],
    ...distribution,
    isStatic,
    candidates: (needs) => choose(needs, candidates(site, needs, { distribution, isStatic, isShown: made.path !== undefined, isCplusplus: mayBeCplusplus, libraries })),
  };
}

function distributionFor(site: Site): Distribution | undefined {
  if (!isFull(site)) return plainDistribution(site);
  const release = /(?:^|-)(trixie|bookworm|bullseye|buster|stretch|jessie)(?:$|-)/.exec(site.base?.tag ?? '')?.[1];
  if (/noble|jammy|focal|bionic|xenial|plucky|questing|resolute/.test(site.base?.tag ?? '')) return undefined;
  return { family: 'debian', release };
}

/** Is the image's C++ library newer than that of any Debian? Debian 13 has that of GCC 14, Debian 12 that of GCC 12. */
function outrunsDebian(site: Site, { release }: Distribution): boolean {
  if (officialImage(site.base) !== 'gcc') return false;
  const major = Number(/^(\d+)/.exec(site.base?.tag ?? '')?.[1] ?? NaN);
  return !(major <= (release === 'bookworm' ? 12 : 14));
}

/** Packages of the libraries that the program is linked to and that no `-dev` package of the file tells. */
function librariesFor(site: Site, linked: readonly string[], packages: readonly string[], { family, release }: Distribution): readonly string[] | Refusal {
  const found: string[] = linked.flatMap((name) => compilerLibrary(name, family) ?? []);
  if (!isFull(site)) return found;
  const headers = [...linked.map((name) => [`-l${name}`, headersOfLibrary(name)] as const), ...packages.map((name) => [name, headersOfCmakePackage(name)] as const)];
  for (const [name, header] of headers) {
    const library = header === undefined ? undefined : header === '' ? '' : runtimeLibrary(header, family, release);
    if (library === undefined) return refuse('library', { name });
    found.push(...library.split(' ').filter((each) => each !== ''));
  }
  return [...new Set(found)];
}

interface Choice {
  readonly distribution: Distribution;
  readonly isStatic: boolean;
  /** The command that links it is seen. */
  readonly isShown: boolean;
  readonly isCplusplus: boolean;
  readonly libraries: readonly string[];
}

/** The user stays what it was, so the first choice has a shell and root: the distribution that the program was linked on. */
function candidates(site: Site, needs: Needs, { distribution: { family, release }, isStatic, isShown, isCplusplus, libraries }: Choice): readonly Candidate[] {
  const plain = needs.packages.length === 0 && needs.tools.length === 0 && !needs.runs;
  const isUbuntu = officialImage(site.base) === 'ubuntu';
  const own: RuntimeImage = family === 'alpine' ? alpine(release) : isUbuntu ? { ...ubuntu(site.base?.text ?? ''), packages: ['ca-certificates'] } : debianSlim(release);
  const sameRelease = isUbuntu || (release !== undefined && own.image.includes(release));
  const runtime = isCplusplus && !isStatic ? [family === 'alpine' ? 'libstdc++' : 'libstdc++6'] : [];
  const candidate = (key: Candidate['key'], image: RuntimeImage, packages: readonly string[] = []): Candidate => ({ key, runtime: image, packages, pinnedTag: undefined, sameRelease });
  const isFree = isShown && libraries.length === 0 && family === 'debian' && !isUbuntu;
  const shellless = isStatic ? [distroless('static', release)] : isFree && (release === 'trixie' || release === 'bookworm') ? [distroless(isCplusplus ? 'cc' : 'base', release)] : [];
  return [
    ...(isStatic && plain && family === 'debian' ? [candidate('multi-stage', alpine(undefined))] : []),
    candidate('multi-stage', own, [...runtime, ...libraries]),
    ...shellless.map((image) => candidate('multi-stage-distroless', image)),
  ];
}
