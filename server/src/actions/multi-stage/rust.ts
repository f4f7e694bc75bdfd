import { pinnedRustTag, rustImage } from '../../engine/catalog/rust-images.ts';
import { alpine, debianSlim, distroless, ubuntu, type Distribution, type RuntimeImage } from '../../engine/catalog/runtimes.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { officialImage, rootStage } from './images.ts';
import { isCached, movedTo, plainDistribution, wasMoved } from './made-files.ts';
import { nameOf } from './paths.ts';
import { isRefusal, type Candidate, type Needs, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { type Built, buildsOf, isUnseenBuild, makes } from './rust-builds.ts';
import { cratesOf, librariesOf, readsBeside, sourcesOf, usesMusl } from './rust-crates.ts';
import { rustHabits } from './rust-habits.ts';
import { choose } from './runtime.ts';
import type { Site } from './site.ts';
import { isScriptFile, programPath, type Start } from './start.ts';

/** Rust programs: one file that needs the C library, and what its crates link to. */
export const rust: Recipe = {
  mayBe: (text, base) => base === 'rust' || /\bcargo\b/.test(text),
  recognise,
  habits: rustHabits,
  plan,
};

/** `cargo install` puts programs there: the environment of the official image, and Cargo's own default for root. */
const cargoBins = ['/usr/local/cargo/bin', '/root/.cargo/bin'] as const;

function recognise(site: Site, start: Start): Recognition | undefined {
  const sdk = officialImage(site.base) === 'rust';
  const program = start.programs.at(-1);
  if (program === undefined || rustHabits.programs.has(program.name ?? '')) return undefined;
  const builds = buildsOf(site);
  const found = productOf(site, program, builds);
  if (found !== undefined) {
    const { step, invocation, isSeen } = found.built;
    const hidesLibraries = sdk && rustImage(site.base?.tag).isFull && !usesMusl(found.built) && cratesOf(site, found.built) === undefined;
    return { ecosystem: 'Rust', step, invocation, sdk, runs: isSeen ? program.program : undefined, hidesLibraries };
  }
  const last = builds.at(-1);
  return !sdk || last?.isSeen !== true || !isScriptFile(program) ? undefined : { ecosystem: 'Rust', step: last.step, invocation: last.invocation, sdk, runs: undefined };
}

interface Found {
  readonly product: Product;
  readonly built: Built;
}

/** The file that the start command runs, followed back through `cp` and `mv` to the build that makes it. */
function productOf(site: Site, program: Argv, builds: readonly Built[]): Found | undefined {
  const path = programPath(program, site.workdir);
  const { name } = program;
  if (name === undefined) return undefined;
  const places = path === undefined ? ['/usr/local/bin', '/usr/bin', '/bin', ...cargoBins].map((each) => `${each}/${name}`) : [path];
  for (const place of places) {
    let origin = place;
    let isLink = false;
    for (let moved = movedTo(site, origin), steps = 0; moved !== undefined && steps < 8; moved = movedTo(site, origin), steps += 1) {
      if (moved.source === origin) break;
      isLink ||= moved.isLink;
      origin = moved.source;
    }
    const built = builds.findLast((each) => makes(site, each, origin)) ?? (isUnseenBuild(origin) ? builds.findLast((each) => !each.isSeen) : undefined);
    // The small image's search path does not hold Cargo's directory, and a link would lead nowhere there.
    const isBare = path === undefined && cargoBins.some((each) => place.startsWith(`${each}/`));
    if (built !== undefined) return { built, product: { path: isLink ? origin : place, destination: isBare ? `/usr/local/bin/${name}` : place } };
  }
  return undefined;
}

function plan(site: Site, start: Start): Plan | Refusal {
  const program = start.programs.at(-1);
  if (program === undefined) return refuse('product');
  const script = start.programs.find(isScriptFile);
  if (script !== undefined) return refuse('script', { program: script.program ?? '' });
  const names = [...new Set(start.programs.map((each) => each.program ?? '?'))];
  if (names.length > 1) return refuse('several', { programs: names.join(', ') });
  const builds = buildsOf(site);
  const found = start.moves && programPath(program, '/') !== program.program ? undefined : productOf(site, program, builds);
  if (found === undefined) return refuse('product');
  const { product, built } = found;
  if (isCached(site, product.path)) return refuse('cache', { path: product.path });
  const image = officialImage(site.base) === 'rust' ? rustImage(site.base?.tag) : undefined;
  const distribution = image ?? plainDistribution(site);
  if (distribution === undefined || /windows|forky/.test(site.base?.tag ?? '')) return refuse('base', { image: rootStage(site).from.imageText });
  const isStatic = built.isSeen && usesMusl(built) && distribution.family === 'debian';
  const crates = cratesOf(site, built);
  const isFull = image?.isFull === true;
  const libraries = isStatic || !isFull ? [] : librariesOf(crates, distribution.release, isOld(distribution));
  if (isRefusal(libraries)) return libraries;
  const beside = readsBeside(site, built);
  if (isRefusal(beside)) return beside;
  // What the full image holds is only known to be unneeded where the lock file shows every crate.
  const isShown = isStatic || !isFull || (crates !== undefined && libraries.length === 0);
  const others = siblings(site, product, built);
  return {
    products: [product, ...others, ...beside],
    habits: { ...rustHabits, isSource: sourcesOf(site, built) },
    finish: [],
    ...distribution,
    isStatic,
    candidates: (needs) => choose(needs, candidates(site, needs, { distribution, isStatic, isShown, libraries })),
  };
}

/** Programs that builds name beside the one that is started: a cluster may start them by a command of its own. */
function siblings(site: Site, product: Product, built: Built): readonly Product[] {
  const folder = product.path.slice(0, product.path.lastIndexOf('/'));
  if (!isUnseenBuild(product.path) && built.binDirectory === undefined) return [];
  const names = built.names.filter((name) => name !== nameOf(product.path));
  return names.map((name) => ({ path: `${folder}/${name}`, destination: `${product.destination.slice(0, product.destination.lastIndexOf('/'))}/${name}` })).filter(({ path }) => !wasMoved(site, path));
}

/** Debian's releases before the oldest that gets updates, as far as their packages are still served. */
function isOld({ release }: Distribution): boolean {
  return release === 'bullseye';
}

interface Choice {
  readonly distribution: Distribution;
  readonly isStatic: boolean;
  /** Every library that the program needs is known. */
  readonly isShown: boolean;
  readonly libraries: readonly string[];
}

/**
 * The user stays what it was, so the first choice has a shell and root. A program of a full image may be linked to a library of
 * its release, which no other release has under the same name.
 */
function candidates(site: Site, needs: Needs, { distribution: { family, release }, isStatic, isShown, libraries }: Choice): readonly Candidate[] {
  const isSdk = officialImage(site.base) === 'rust';
  const plain = needs.packages.length === 0 && needs.tools.length === 0 && !needs.runs;
  const own = family === 'alpine' ? alpine(release) : officialImage(site.base) === 'ubuntu' ? plainUbuntu(site.base?.text ?? '') : debianOf(release, isShown && plain);
  const isUbuntu = own.image.startsWith('ubuntu');
  const pinnedTag = isStatic || family === 'alpine' || !isSdk || site.base?.digest !== undefined ? undefined : pinnedRustTag(site.base?.tag);
  const sameRelease = isUbuntu || (release !== undefined && own.image.includes(release));
  // Programs that Alpine's own compiler links, and those with -crt-static off, need it.
  const packages = family === 'alpine' ? ['libgcc'] : libraries;
  const candidate = (key: Candidate['key'], runtime: RuntimeImage, more: readonly string[] = []): Candidate => ({ key, runtime, packages: more, pinnedTag, sameRelease });
  const shellless = (isStatic || (isShown && family === 'debian' && !isUbuntu && (release === 'bookworm' || release === 'trixie'))) && libraries.length === 0
    ? [candidate('multi-stage-distroless', distroless(isStatic ? 'static' : 'cc', release))] : [];
  return [...(isStatic && plain && family === 'debian' ? [candidate('multi-stage', alpine(undefined))] : []), candidate('multi-stage', own, packages), ...shellless];
}

/** The build stage had no time zones either. */
function plainUbuntu(image: string): RuntimeImage {
  return { ...ubuntu(image), packages: ['ca-certificates'] };
}

/** Releases without updates give way to the newest, unless the program may be linked to a library of its own release. */
function debianOf(release: string | undefined, isFree: boolean): RuntimeImage {
  if (isFree || release === undefined || release === 'bookworm' || release === 'trixie') return debianSlim(release);
  return { ...debianSlim(undefined), image: `debian:${release}-slim`, ...(release === 'bullseye' ? {} : { archived: true }) };
}
