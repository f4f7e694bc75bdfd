import { phpRuntime, pinnedPhpTag } from '../../engine/catalog/php-images.ts';
import { isDevelopmentPackage } from '../../engine/catalog/runtime-packages.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { officialImage } from './images.ts';
import { isCached } from './made-files.ts';
import { isWithin } from './paths.ts';
import { isComposer, phpHabits } from './php-habits.ts';
import type { Plan, Product, Recipe, Recognition, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { installedBy } from './runs.ts';
import type { Invocation, Site, Step } from './site.ts';
import { isScriptFile, type Start } from './start.ts';

/** PHP programs whose packages Composer installs, and whose extensions are compiled, beside what only that needs. */
export const php: Recipe = { mayBe: (text, base) => base === 'php' && /\bcomposer\b/.test(text), recognise, habits: phpHabits, plan };

interface Installation {
  readonly step: Step;
  readonly invocation: Invocation;
  /** The project; undefined where the file does not tell. */
  readonly directory: string | undefined;
}

function installationOf(site: Site): Installation | undefined {
  return site.steps.flatMap((step) => step.invocations.flatMap((invocation): readonly Installation[] => {
    const words = invocation.name === 'php' && isComposer(invocation.args.find((arg) => arg?.startsWith('-') !== true) ?? '') ? invocation.args.slice(1) : invocation.args;
    if (!isComposer(invocation.name) && words === invocation.args) return [];
    const verb = words.find((word, index) => word?.startsWith('-') !== true && words[index - 1] !== '-d' && words[index - 1] !== '--working-dir');
    if (!['install', 'i', 'update', 'create-project'].includes(verb ?? '')) return [];
    const at = words.findIndex((word) => word === '-d' || word === '--working-dir');
    const given = at >= 0 ? words[at + 1] : words.find((word) => word?.startsWith('--working-dir=') === true)?.slice('--working-dir='.length);
    return [{ step, invocation, directory: given === undefined ? invocation.directory : resolvePath(invocation.directory, given) }];
  })).at(-1);
}

/** Speaks only where packages stay that no running program needs: headers, compilers, what Composer unpacks with. */
function recognise(site: Site, start: Start): Recognition | undefined {
  if (officialImage(site.base) !== 'php') return undefined;
  const found = installationOf(site);
  const program = start.programs.at(-1);
  if (found === undefined || program?.name === undefined || isComposer(program.name)) return undefined;
  const leaves = site.steps.flatMap(installedBy).some((each) => isDevelopmentPackage(each.package.name) || phpHabits.isBuildPackage(each.package.name));
  if (!leaves) return undefined;
  return { ecosystem: 'PHP', step: found.step, invocation: found.invocation, sdk: false, runs: program.program, installs: true };
}

/** Where the image keeps extensions, and the files that switch them on: docker-php-ext-install and pecl write nowhere else. */
const extensions: readonly Product[] = ['/usr/local/lib/php/extensions', '/usr/local/etc/php/conf.d'].map((path) => ({ path, destination: path, isSystem: true }));

function plan(site: Site, start: Start): Plan | Refusal {
  const found = installationOf(site);
  const program = start.programs.at(-1);
  if (found === undefined || program === undefined) return refuse('product');
  const script = start.programs.find(isScriptFile);
  if (script !== undefined) return refuse('script', { program: script.program ?? '' });
  const names = [...new Set(start.programs.map(({ name }) => name ?? '?'))];
  if (names.length > 1) return refuse('several', { programs: names.join(', ') });
  const app = found.directory;
  if (app === undefined || app === '/' || site.workdir === undefined) return refuse('product');
  if (isCached(site, `${app}/vendor`)) return refuse('cache', { path: `${app}/vendor` });
  const family = distributionOf(site.stage);
  const tag = site.base?.tag;
  if (family?.family !== 'debian' && family?.family !== 'alpine') return refuse('base', { image: site.base?.text ?? '' });
  const pinnedTag = family.family === 'alpine' || site.base?.digest !== undefined ? undefined : pinnedPhpTag(tag, family.release);
  const image = `php:${pinnedTag ?? tag ?? 'latest'}`;
  const compiles = site.steps.some(({ invocations }) => invocations.some(({ name }) => /^docker-php-ext-|^pecl$/.test(name)));
  const rooms = [app, site.workdir].filter((path) => path !== '/').filter((path, _index, all) => !all.some((each) => each !== path && isWithin(each, path)));
  return {
    products: [...(compiles ? extensions : []), ...[...new Set(rooms)].map((path) => ({ path, destination: path }))],
    finish: [],
    family: family.family, release: family.release, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime: phpRuntime(image, family.family === 'alpine' ? 'alpine' : 'debian'), packages: [], sameRelease: true, pinnedTag }]),
  };
}
