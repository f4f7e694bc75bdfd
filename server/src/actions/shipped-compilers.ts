import type { Stage } from '../engine/dockerfile/model.ts';
import { memo } from '../engine/dockerfile/memo.ts';
import { removedPackages, type Package } from '../engine/dockerfile/packages.ts';
import { nameOf } from './multi-stage/paths.ts';
import { officialImage } from './multi-stage/images.ts';
import { compilesNothing, installedBy, purges } from './multi-stage/runs.ts';
import { siteOf, type Invocation, type Site, type Step } from './multi-stage/site.ts';
import { startOf } from './multi-stage/start.ts';

/** Compilers that a stage installs for a build of its own and keeps. */
export interface ShippedCompilers {
  readonly compilers: readonly Package[];
  /** What they were installed for. */
  readonly use: Invocation;
  readonly program: string;
  readonly site: Site;
  /** The RUN that installs them. */
  readonly install: Step;
  /** The RUNs that compile, the last of them last. */
  readonly users: readonly Step[];
  /** A command elsewhere of which nobody knows whether it compiles, and compilers that another RUN installs. */
  readonly doubtful: string | undefined;
}

/** Packages that are, or bring along, a compiler of C or C++. */
const compilers: ReadonlySet<string> = new Set(['build-essential', 'build-base', 'gcc', 'g++', 'gcc-c++', 'clang', 'base-devel', 'alpine-sdk']);

/** What compiles as part of an installation, by program and verb. */
const installers: readonly (readonly [programs: RegExp, verbs: RegExp])[] = [
  [/^(?:pip|uv)[\d.]*$/, /^(?:install|sync)$/],
  [/^(?:npm|yarn|pnpm)$/, /^(?:install|ci|i)$/],
  [/^(?:bundle|gem|poetry|pipenv|pdm|cpanm|cpm|carton|pecl|luarocks)$/, /^(?:--)?install(?:deps)?$|^[A-Z]\w+(?:::\w+)*$/],
  [/^(?:make|gmake|ninja|gcc|g\+\+|cc|c\+\+|clang|cmake|docker-php-ext-install)$/, /./],
];

/** Interpreters in their full images come with compilers anyway. */
const full: ReadonlySet<string> = new Set(['python', 'node', 'ruby', 'php', 'perl', 'gcc', 'rust', 'golang', 'buildpack-deps']);

/** Programs that call a compiler when they run, or that people work in. */
const interactive = /^(?:jupyter(?:-\w+)?|ipython|irb|bash|sh|zsh|fish|su|sshd|code-server|gcc|g\+\+|make|cmake|go|cargo|npx|vllm|ray|tail|sleep|Rscript|R)$/;

/** Undefined where no compiler stays, where nothing shows what it was for, and where it may be for whoever runs the image. */
export const shippedCompilers = memo((stage: Stage): ShippedCompilers | undefined => {
  const start = startOf(stage);
  const programs = start?.programs ?? [];
  const [program] = programs;
  if (program?.program === undefined || programs.some(({ name }) => name === undefined || interactive.test(name))) return undefined;
  const site = siteOf(stage);
  const { steps, base } = site;
  const official = officialImage(base) ?? '';
  if (full.has(official) && !/slim|alpine/.test(base?.tag ?? '')) return undefined;
  const removed = new Set(steps.flatMap(({ run }) => (run === undefined ? [] : removedPackages(run).flatMap(({ packages }) => packages.map(({ name }) => name)))));
  for (const [at, step] of steps.entries()) {
    const kept = purges(step) ? [] : installedBy(step).map((each) => each.package).filter(({ name }) => compilers.has(name) && !removed.has(name));
    if (kept.length === 0) continue;
    const after = steps.slice(at);
    const users = after.filter(({ invocations }) => invocations.some(isUse));
    const use = users.flatMap(({ invocations }) => invocations).find(isUse);
    if (use !== undefined) return { compilers: kept, use, program: program.program, site, install: step, users, doubtful: doubtful(after, users) };
  }
  return undefined;
});

function doubtful(after: readonly Step[], users: readonly Step[]): string | undefined {
  const compiling = new Set(users);
  for (const step of after) {
    if (step.run === undefined || compiling.has(step)) continue;
    const unknown = step.invocations.find((each) => !isHarmless(each));
    if (unknown !== undefined || step.run.interpreter !== undefined) return unknown?.command?.text ?? `RUN ${step.instruction.args}`;
    if (step === after[0]) continue;
    const again = installedBy(step).find((each) => compilers.has(each.package.name));
    if (again !== undefined) return again.command.text;
  }
  return undefined;
}

/** Is it sure to compile nothing? */
function isHarmless(invocation: Invocation): boolean {
  const { name, args } = invocation;
  const [first = ''] = args;
  if (compilesNothing(name)) return true;
  if (/^(?:python|perl|ruby|node|php)[\d.]*$/.test(name)) return /^(?:manage\.py|artisan|-v|-V|--version)$/.test(nameOf(first)) || (first === '-m' && (args[1] === 'compileall' || (args[1] === 'pip' && isTools(args.slice(2)))));
  return installers.slice(0, 3).some(([program]) => program.test(name)) && (isTools(args) || /^(?:config|cache|--version|exec|run|clean|check)$/.test(first));
}

/** `pip install --upgrade pip`: what is named compiles nothing. */
function isTools(words: Invocation['args']): boolean {
  return words.length > 0 && words.every((word) => word === 'install' || (word !== undefined && isTool(word)));
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
