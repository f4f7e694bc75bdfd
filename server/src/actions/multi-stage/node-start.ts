import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { resolveArgv, type Argv } from '../../engine/shell/argv.ts';
import { builtins } from '../../engine/shell/builtins.ts';
import { parseScript } from '../../engine/shell/script.ts';
import type { PackageJson } from '../../engine/workspace/build-files/package-json.ts';
import type { Message } from '../../engine/core/message.ts';
import type { Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Site } from './site.ts';
import type { Start } from './start.ts';

/** The package.json of the working directory. */
export function packageJsonOf({ context, workdir }: Site): PackageJson | undefined {
  const file = workdir === undefined ? undefined : context.file(resolvePath(workdir, 'package.json') ?? '');
  return file?.ecosystem === 'node' ? file : undefined;
}

/** What `npm start` and its like come to. */
export interface PackageStart {
  readonly programs: readonly Argv[];
  /** A variable is set in front of a program, or several commands stand in the script: more than one argument vector. */
  readonly isPlain: boolean;
  readonly moves: boolean;
  /** Package managers that scripts call. */
  readonly managers: readonly string[];
}

const managers: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm']);
/** Scripts that call one another are not followed deeper. */
const deepest = 5;

/** Does the command run a script of package.json, or a program of node_modules? */
export function isPackageCommand({ name = '' }: Argv): boolean {
  return managers.has(name) || name === 'npx';
}

/** Follows the scripts of package.json down to programs; a reason where they cannot be followed. */
export function packageStart(start: Start, json: PackageJson): PackageStart | Refusal {
  let problem: Message | undefined;
  let isPlain = start.programs.length === 1;
  let moves = start.moves;
  const seen: string[] = [];
  const called = new Set<string>();
  const follow = (argv: Argv, depth: number): readonly Argv[] => {
    const { name = '' } = argv;
    const words = argv.args.filter((arg) => arg !== undefined);
    const command = [name, ...words].join(' ');
    const isQuiet = (arg: string): boolean => /^(?:-s|-q|--silent|--quiet|--no-install|-y|--yes)$/.test(arg);
    const at = words.findIndex((arg) => !isQuiet(arg));
    const [verb = '', ...tail] = at < 0 ? [] : words.slice(at);
    // Behind the program that npx runs, options are the program's own.
    const rest = name === 'npx' ? tail : tail.filter((arg) => !isQuiet(arg));
    const unseen = (): readonly Argv[] => {
      problem ??= refuse('packageScript', { command }).refused;
      return [];
    };
    if (!isPackageCommand(argv)) return [argv];
    called.add(name);
    if (argv.args.includes(undefined) || depth > deepest || verb === '' || verb.startsWith('-')) return unseen();
    if (name === 'npx' || verb === 'exec' || verb === 'dlx' || (name === 'yarn' && verb === 'node')) {
      const program = name === 'npx' ? [verb, ...rest] : verb === 'node' ? ['node', ...rest] : rest.filter((word, index) => word !== '--' || index > 0);
      return program[0]?.startsWith('-') === true || program.length === 0 || verb === 'dlx' ? unseen() : [resolveArgv(program)];
    }
    const runs = verb === 'run' || verb === 'run-script';
    const script = runs ? rest[0] : verb;
    const extra = (runs ? rest.slice(1) : rest).filter((word) => word !== '--');
    if (script === undefined || script.startsWith('-')) return unseen();
    const text = json.scripts.get(script) ?? (script === 'start' && name === 'npm' ? 'node server.js' : undefined);
    if (text === undefined) {
      // `yarn next start` runs a program of node_modules.
      if (name !== 'npm' && !runs && (json.dependencies.has(script) || json.devDependencies.has(script))) return [resolveArgv([script, ...extra])];
      problem ??= refuse('noScript', { script, command }).refused;
      return [];
    }
    if (seen.includes(script)) return unseen();
    seen.push(script);
    const parts = [json.scripts.get(`pre${script}`), extra.length === 0 ? text : `${text} ${extra.join(' ')}`, json.scripts.get(`post${script}`)];
    return parts.flatMap((part) => (part === undefined ? [] : parse(part, depth)));
  };
  const parse = (text: string, depth: number): readonly Argv[] => {
    const commands = parseScript(text).commands();
    if (commands.length !== 1) isPlain = false;
    return commands.flatMap((command) => {
      const words = command.words.map((word) => word.value ?? word.text);
      const at = words[0] === 'cross-env' ? words.findIndex((word, index) => index > 0 && !/^\w+=/.test(word)) : -1;
      const argv = resolveArgv(at > 0 ? words.slice(at) : words);
      if (command.assignments.length > 0 || command.redirects.length > 0 || at > 0 || argv.wrappers.length > 0 || command.words.some((word) => word.hasExpansion || word.hasGlob)) isPlain = false;
      if (argv.name === 'cd') moves = true;
      const helper = at > 0 ? [resolveArgv(['cross-env'])] : [];
      return argv.name === undefined || (builtins.has(argv.name) && argv.name !== 'exec') || ['echo', 'sleep', 'true', 'mkdir'].includes(argv.name) ? helper : [...helper, ...follow(argv, depth + 1)];
    });
  };
  const programs = start.programs.flatMap((each) => follow(each, 0));
  return problem === undefined ? { programs, isPlain, moves, managers: [...called] } : { refused: problem };
}

/** Is it there to work with: does it watch the sources, or build them anew? */
export function isDevelopmentProgram({ name = '', args }: Argv): boolean {
  const [verb] = args;
  if (['nodemon', 'ts-node-dev', 'tsnd', 'concurrently', 'webpack-dev-server', 'jest', 'vitest', 'mocha', 'live-server', 'eslint'].includes(name)) return true;
  if (name === 'react-scripts' || name === 'vue-cli-service') return verb === 'start' || verb === 'serve' || verb === 'test';
  if (name === 'vite' || name === 'astro' || name === 'ng' || name === 'webpack' || name === 'next' || name === 'nuxt') return verb === undefined || ['dev', 'serve', 'preview'].includes(verb) || (name === 'ng' && verb === 'start');
  if (name === 'gatsby') return verb === 'develop';
  return args.includes('--watch') || (name === 'nest' && verb === 'start' && args.length > 1 && args.some((arg) => arg === '-w' || arg === '--debug'));
}
