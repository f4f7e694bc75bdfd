import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { officialImage } from './images.ts';
import { isWithin } from './paths.ts';
import type { Recipe } from './recipe.ts';
import type { Invocation, Site } from './site.ts';
import { programPath, type Start } from './start.ts';

/** An ecosystem whose builds are recognised and not converted: when is one sure to be what the image runs? */
interface Signals {
  readonly ecosystem: string;
  /** Base images that carry the toolchain. */
  readonly isSdk: (name: string, tag: string) => boolean;
  readonly isBuild: (invocation: Invocation) => boolean;
  /** What the start command runs of the products; undefined where it runs something else. */
  readonly product: (site: Site, start: Start) => string | undefined;
}

const ecosystems: readonly Signals[] = [
  {
    ecosystem: 'Rust',
    isSdk: (name) => name === 'rust',
    isBuild: ({ name, args }) => name === 'cargo' && ((args[0] === 'build' && args.some((arg) => arg === '--release' || arg === '-r')) || (args[0] === 'install' && args.includes('--path'))),
    product: (site, { programs }) => {
      const last = programs.at(-1);
      const path = last === undefined ? undefined : programPath(last, site.workdir);
      const installs = site.steps.some(({ invocations }) => invocations.some(({ name, args }) => name === 'cargo' && args[0] === 'install'));
      if (path === undefined) return installs && last?.args !== undefined && !['sh', 'bash', 'cargo'].includes(last.name ?? '') ? last.name : undefined;
      return isWithin('/usr/local/cargo/bin', path) || path.includes('/target/') || path.startsWith(`${resolvePath(site.workdir, 'target') ?? ''}/`) ? last?.program : undefined;
    },
  },
];

/** Builds of compiled languages that the start command is sure to run. */
export const compiled: readonly Recipe[] = ecosystems.map(({ ecosystem, isSdk, isBuild, product }) => ({
  mayBe: (text) => /\bcargo\b/.test(text),
  recognise: (site, start) => {
    const found = site.steps.flatMap((step) => step.invocations.filter(isBuild).map((invocation) => ({ step, invocation }))).at(-1);
    const name = officialImage(site.base) ?? '';
    const sdk = isSdk(name, site.base?.tag ?? '');
    const runs = product(site, start);
    return found === undefined || !sdk || runs === undefined ? undefined : { ecosystem, ...found, sdk, runs };
  },
}));
