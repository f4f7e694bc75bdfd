import type { PackageJson } from '../../engine/workspace/build-files/package-json.ts';
import { isWithin } from './paths.ts';
import type { Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { startOf } from './start.ts';
import { variableAt, type Invocation, type Site, type Step } from './site.ts';

/** The command that installs a project's packages, and the tool it belongs to. */
export interface Installation {
  readonly manager: 'npm' | 'yarn' | 'pnpm';
  readonly step: Step;
  readonly invocation: Invocation;
}

/** How the packages of the working directory are installed. */
export function managerOf(site: Site): Installation | Refusal {
  const found = site.steps.flatMap((step) => step.invocations.flatMap((invocation): readonly Installation[] => {
    const { name, args } = invocation;
    const [verb] = args.filter((arg) => arg?.startsWith('-') === false);
    const global = args.some((arg) => arg === '-g' || arg === '--global' || arg?.startsWith('--location=global') === true);
    if (global) return [];
    const named = args.filter((arg) => arg?.startsWith('-') === false).length > 1;
    if (name === 'npm' && ['ci', 'install', 'i', 'clean-install', 'add'].includes(verb ?? '') && !named) return [{ manager: 'npm', step, invocation }];
    if (name === 'yarn' && (verb === undefined || verb === 'install')) return [{ manager: 'yarn', step, invocation }];
    if (name === 'pnpm' && (verb === 'install' || verb === 'i') && !named) return [{ manager: 'pnpm', step, invocation }];
    return [];
  }));
  const last = found.at(-1);
  if (last === undefined) return refuse('install');
  if (last.invocation.directory !== site.workdir || found.some(({ manager }) => manager !== last.manager)) return refuse('workspace');
  const workspace = site.steps.some(({ invocations }) => invocations.some(({ name, args }) => ['npm', 'yarn', 'pnpm', 'turbo', 'nx', 'lerna'].includes(name) && (
    ['turbo', 'nx', 'lerna'].includes(name) || args.some((arg) => arg !== undefined && /^(?:-w|--workspaces?(?:=.*)?|--filter(?:=.*)?|-F|-r|--recursive|workspaces?|turbo|nx|lerna)$/.test(arg)))));
  const listed = site.steps.some(({ copy }) => copy?.sources.some(({ text }) => /^(?:\.\/)?(?:(?:packages|apps)(?:\/|$)|(?:pnpm-workspace\.yaml|lerna\.json|turbo\.json|nx\.json)$)/.test(text)) === true);
  return workspace || listed ? refuse('workspace') : last;
}

/**
 * The command that leaves only the packages needed at run time, with the mounts and flags of the installation; undefined where
 * that has happened already.
 */
export function pruneOf(site: Site, { manager, step, invocation }: Installation, json?: PackageJson): string | undefined | Refusal {
  const { args } = invocation;
  const version = /^yarn@(\d+)/.exec(json?.packageManager ?? '')?.[1];
  const berry = Number(version ?? 1) > 1 || site.context.presence(`${site.workdir ?? ''}/.yarnrc.yml`) === 'there' || args.includes('--immutable') || site.steps.some(({ copy }) => copy?.sources.some(({ text }) => /\.yarnrc\.yml|\.yarn(?:\/|$)/.test(text)) === true)
    || site.steps.some(({ invocations }) => invocations.some(({ args: words }) => words.some((word) => /^yarn@(?:[2-9]|berry|stable)/.test(word ?? '')) || (words[0] === 'set' && words[1] === 'version')));
  // Yarn 4 has the command built in; whoever calls `node` without Yarn has its packages in node_modules.
  const focus = manager === 'yarn' && version !== undefined && Number(version) >= 4 && startOf(site.stage)?.programs.every(({ name }) => name === 'node') === true;
  if (manager === 'yarn' && berry && !focus) return refuse('berry');
  const words = site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args: each }) => (name === 'corepack' ? [name, ...each] : [])));
  const isShown = version !== undefined || (json !== undefined && site.context.presence(`${site.workdir ?? ''}/.yarnrc.yml`) === 'absent');
  if (manager === 'yarn' && !isShown && words.length > 0 && !words.some((word) => word?.startsWith('yarn@1') === true)) return refuse('corepack');
  if (prunedAlready(site)) return undefined;
  const production = (invocation.environment.get('NODE_ENV') ?? variableAt(step.instruction, 'NODE_ENV')) === 'production';
  const kept = args.some((arg) => arg !== undefined && /^--(?:include=dev|production=false|prod=false|also=dev|also=development)$/.test(arg));
  if (args.some((arg) => arg !== undefined && /^(?:--omit=dev|--production|--production=true|--only=prod(?:uction)?|--prod|-P)$/.test(arg)) || (production && !kept)) return undefined;
  const prisma = json?.dependencies.has('@prisma/client') === true || site.steps.some(({ invocations }) => invocations.some(({ name, args: words }) => name === 'prisma' || words.includes('prisma')));
  if (prisma && manager !== 'npm') return refuse('prisma', { manager });
  const patches = [...(json?.scripts.values() ?? [])].some((text) => text.includes('patch-package')) || site.steps.some(({ copy }) => copy?.sources.some(({ text }) => /^(?:\.\/)?patches(?:\/|$)/.test(text)) === true);
  if (patches && manager === 'yarn' && !berry) return refuse('patches');
  // What is bound from the context is read-only, and npm writes its files: only caches and secrets go along.
  const mounts = (step.run?.mounts ?? []).filter(({ type }) => type !== 'bind').map(({ span }) => `${site.file.source.slice(span)} `).join('');
  return `${mounts}${focus && berry ? 'yarn workspaces focus --all --production' : commandOf(site, manager, args)}`;
}

function commandOf(site: Site, manager: Installation['manager'], args: readonly (string | undefined)[]): string {
  // Since version 7 pnpm calls the project's `prepare` after pruning, and what that calls is gone by then (pnpm/pnpm#4770).
  if (manager === 'pnpm') return 'CI=true pnpm prune --prod --ignore-scripts';
  // Yarn 1 has no prune of its own; install scripts have run already, and some need development packages.
  if (manager === 'yarn') return ['yarn install --production', ...args.filter((arg) => arg === '--frozen-lockfile'), '--ignore-scripts --prefer-offline'].join(' ');
  const major = Number(/^(\d+)/.exec(site.base?.tag ?? '')?.[1] ?? NaN);
  const flags = args.filter((arg) => arg === '--legacy-peer-deps' || arg === '--force');
  // npm 6, which came with Node.js 14 and older, does not know --omit.
  return ['npm prune', major <= 14 ? '--production' : '--omit=dev', ...flags].join(' ');
}

function prunedAlready(site: Site): boolean {
  return site.steps.some(({ invocations }) => invocations.some(({ name, args }) => ['npm', 'pnpm'].includes(name) && args[0] === 'prune')
    || invocations.some(({ name, args, directory }) => name === 'yarn' && args.includes('--production') && isWithin(directory ?? '/', site.workdir ?? '/')));
}

