import type { Stage } from '../engine/dockerfile/model.ts';
import { removedPackages, type Package } from '../engine/dockerfile/packages.ts';
import { officialImage } from './multi-stage/images.ts';
import { installedBy, purges } from './multi-stage/runs.ts';
import { siteOf, type Invocation } from './multi-stage/site.ts';
import { startOf } from './multi-stage/start.ts';

/** Compilers that a stage installs for a build of its own and keeps. */
export interface ShippedCompilers {
  readonly compilers: readonly Package[];
  /** What they were installed for. */
  readonly use: Invocation;
  readonly program: string;
}

/** Packages that are, or bring along, a compiler of C or C++. */
const compilers: ReadonlySet<string> = new Set(['build-essential', 'build-base', 'gcc', 'g++', 'gcc-c++', 'clang', 'base-devel', 'alpine-sdk']);

/** What compiles as part of an installation, by program and verb. */
const installers: readonly (readonly [programs: RegExp, verbs: RegExp])[] = [
  [/^(?:pip|uv)[\d.]*$/, /^(?:install|sync)$/],
  [/^(?:npm|yarn|pnpm)$/, /^(?:install|ci|i)$/],
  [/^(?:bundle|gem|poetry|pipenv|pdm|cpanm|pecl)$/, /^install$|^[A-Z]\w+(?:::\w+)*$/],
  [/^(?:make|gmake|ninja|gcc|g\+\+|cc|c\+\+|clang|cmake|docker-php-ext-install)$/, /./],
];

/** Interpreters in their full images come with compilers anyway. */
const full: ReadonlySet<string> = new Set(['python', 'node', 'ruby', 'php', 'perl', 'gcc', 'rust', 'golang', 'buildpack-deps']);

/** Programs that call a compiler when they run, or that people work in. */
const interactive = /^(?:jupyter(?:-\w+)?|ipython|irb|bash|sh|zsh|fish|su|sshd|code-server|gcc|g\+\+|make|cmake|go|cargo|npx|vllm|ray|tail|sleep|Rscript|R)$/;

/** Undefined where no compiler stays, where nothing shows what it was for, and where it may be for whoever runs the image. */
export function shippedCompilers(stage: Stage): ShippedCompilers | undefined {
  const start = startOf(stage);
  const programs = start?.programs ?? [];
  const [program] = programs;
  if (program?.program === undefined || programs.some(({ name }) => name === undefined || interactive.test(name))) return undefined;
  const { steps, base } = siteOf(stage);
  const official = officialImage(base) ?? '';
  if (full.has(official) && !/slim|alpine/.test(base?.tag ?? '')) return undefined;
  const removed = new Set(steps.flatMap(({ run }) => (run === undefined ? [] : removedPackages(run).flatMap(({ packages }) => packages.map(({ name }) => name)))));
  for (const [at, step] of steps.entries()) {
    const kept = purges(step) ? [] : installedBy(step).map((each) => each.package).filter(({ name }) => compilers.has(name) && !removed.has(name));
    const use = steps.slice(at).flatMap(({ invocations }) => invocations).find(isUse);
    if (kept.length > 0 && use !== undefined) return { compilers: kept, use, program: program.program };
  }
  return undefined;
}

function isUse({ argv, name, args }: Invocation): boolean {
  const isModule = /^python[\d.]*$/.test(name) && args[0] === '-m';
  const [called, words] = isModule ? [args[1] ?? '', args.slice(2)] : [name, argv.args];
  if (called === 'yarn' && words.length === 0) return true;
  return installers.some(([program, verb]) => program.test(called) && words.some((word) => word !== undefined && verb.test(word)) && !words.every((word) => word === 'install' || isTool(word)));
}

/** Installing these compiles nothing. */
function isTool(word: string | undefined): boolean {
  return word === undefined || /^-|^(?:pip|setuptools|wheel|poetry|pipenv|uv|virtualenv|bundler|npm|yarn|pnpm|pm2|corepack|awscli)(?:[=@<>~].*)?$/.test(word);
}
