import { packageName, readRequirement } from '../../engine/workspace/build-files/requirements.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import { memo } from '../../engine/dockerfile/memo.ts';
import { variableAt, type Invocation, type Site, type Step } from './site.ts';

/** A command that installs packages of Python. */
export interface PythonInstall {
  readonly kind: 'pip' | 'poetry' | 'uv-sync' | 'uv-pip';
  readonly step: Step;
  readonly invocation: Invocation;
  /** Of pip: its words behind `install`. */
  readonly words: readonly (string | undefined)[];
  /** It only brings tools that install others. */
  readonly isTool: boolean;
}

/** The words of pip, also where Python runs it as a module; undefined for other programs. */
export function pipWords({ name, args }: Pick<Invocation, 'name' | 'args'>): Invocation['args'] | undefined {
  if (/^pip[\d.]*$/.test(name)) return args;
  if (/^python[\d.]*$/.test(name) && args[0] === '-m' && args[1] === 'pip') return args.slice(2);
  return name === 'uv' && args[0] === 'pip' ? args.slice(1) : undefined;
}

const valued: ReadonlySet<string> = new Set([
  '-r', '--requirement', '-c', '--constraint', '-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--trusted-host', '--timeout', '--default-timeout', '--retries', '--no-binary',
  '--only-binary', '--progress-bar', '--cache-dir', '-e', '--editable', '--proxy', '--cert', '--log', '--src', '--global-option', '--config-settings', '--platform', '--upgrade-strategy', '-t',
  '--target', '--prefix', '--root', '-p', '--python', '--python-version', '--implementation', '--abi', '--root-user-action', '--index-strategy', '--link-mode',
]);

/** Requirements on the command line: names, archives, directories. */
export function operandsOf(words: PythonInstall['words']): PythonInstall['words'] {
  return words.filter((word, index) => word?.startsWith('-') !== true && !valued.has(words[index - 1] ?? ''));
}

/** The values of options, by their names: `-r base.txt`, `--requirement=base.txt`. */
export function valuesOf(words: PythonInstall['words'], ...names: readonly string[]): PythonInstall['words'] {
  return words.flatMap((word, index) => {
    if (names.includes(words[index - 1] ?? '')) return [word];
    const found = names.flatMap((name) => (word?.startsWith(`${name}=`) === true ? [word.slice(name.length + 1)] : name.length === 2 && word?.startsWith(name) === true && word.length > 2 && !word.startsWith('--') ? [word.slice(2)] : []));
    return found.slice(0, 1);
  });
}

const installers = /^(?:poetry(?:-plugin-[\w-]+|-core)?|uv|pipenv|pdm)$/;

/** Every installation of the stage, in order. */
export function installsOf(site: Site): readonly PythonInstall[] {
  return site.steps.flatMap((step) => step.invocations.flatMap((invocation): readonly PythonInstall[] => {
    const { name, args } = invocation;
    const found = (kind: PythonInstall['kind'], words: PythonInstall['words'] = [], isTool = false): readonly PythonInstall[] => [{ kind, step, invocation, words, isTool }];
    const pip = pipWords(invocation);
    if (pip !== undefined) {
      const at = pip.findIndex((word) => word === 'install' || (name === 'uv' && word === 'sync'));
      if (at < 0 || pip.slice(0, at).some((word) => word?.startsWith('-') !== true)) return [];
      const words = pip.slice(at + 1);
      const operands = operandsOf(words);
      const isTool = operands.length > 0 && valuesOf(words, '-r', '--requirement', '-e', '--editable').length === 0
        && operands.every((word) => word !== undefined && installers.test(readRequirement(word)?.name ?? ''));
      return found(name === 'uv' ? 'uv-pip' : 'pip', words, isTool);
    }
    const [verb] = args.filter((arg) => arg?.startsWith('-') !== true);
    if (name === 'poetry' && (verb === 'install' || verb === 'sync' || verb === 'add')) return found('poetry');
    return name === 'uv' && verb === 'sync' ? found('uv-sync') : [];
  }));
}

/** What is known of the packages: their names; undefined where a list cannot be read. */
export interface Wanted {
  readonly names: readonly string[];
  readonly extras: readonly string[];
}

/** The packages that the installations ask for. Those that they need in turn are not known. */
export function wantedBy(site: Site, installs: readonly PythonInstall[]): Wanted | undefined {
  const names: string[] = [];
  const extras: string[] = [];
  const add = (given: Wanted): void => {
    names.push(...given.names);
    extras.push(...given.extras);
  };
  const read = (path: string | undefined, depth: number): boolean => {
    const file = path === undefined ? undefined : site.context.file(path);
    if (path === undefined || file?.ecosystem !== 'pip' || depth > 5) return false;
    add(file);
    return file.includes.every((each) => read(resolvePath(path.slice(0, path.lastIndexOf('/')) || '/', each), depth + 1));
  };
  const project = (directory: string | undefined): boolean => {
    const file = site.context.file(resolvePath(directory, 'pyproject.toml') ?? '');
    if (file?.ecosystem !== 'python') return false;
    add({ names: file.dependencies.map(packageName), extras: [] });
    return true;
  };
  const isKnown = installs.every(({ kind, invocation: { directory }, words }) => {
    if (kind === 'poetry' || kind === 'uv-sync') return project(directory);
    if (words.includes('--no-binary') || words.some((word) => word?.startsWith('--no-binary=') === true)) return false;
    const lists = valuesOf(words, '-r', '--requirement');
    const projects = [...operandsOf(words).filter((word) => word === undefined || /^\.{0,2}(?:$|\/|\[)/.test(word)), ...valuesOf(words, '-e', '--editable')];
    for (const word of operandsOf(words)) {
      const found = word === undefined ? undefined : readRequirement(word);
      if (found !== undefined) add({ names: [found.name], extras: found.extras });
    }
    return lists.every((each) => each !== undefined && read(resolvePath(directory, each), 0)) && projects.every((each) => each !== undefined && project(resolvePath(directory, each.replace(/\[.*$/, ''))));
  });
  return isKnown ? { names, extras } : undefined;
}

/** Is a variable of the stage set to something that means yes? */
export function isOn(site: Site, name: string): boolean {
  return /^(?:1|true|yes|on)$/i.test(stageFacts(site.stage).env.get(name)?.value ?? '');
}

/** The virtual environment that the file makes itself; its path, absolute. */
export const madeEnvironment = memo((site: Site): string | undefined => {
  for (const { invocations } of site.steps) {
    for (const { name, args, directory } of invocations) {
      const operands = args.filter((arg) => arg?.startsWith('-') !== true);
      const given = /^python[\d.]*$/.test(name) && args[0] === '-m' && (args[1] === 'venv' || args[1] === 'virtualenv') ? operands.at(-1)
        : name === 'virtualenv' ? operands.at(-1) : name === 'uv' && args[0] === 'venv' ? (operands[1] ?? '.venv') : undefined;
      if (given !== undefined) return resolvePath(directory, given);
    }
  }
  return undefined;
});

/** Does the installation go to that environment? By PATH or VIRTUAL_ENV of the stage, its own pip, or `activate` in the same RUN. */
export function installsInto({ kind, step, invocation }: PythonInstall, path: string): boolean {
  const { argv, directory } = invocation;
  const called = argv.program?.includes('/') === true ? resolvePath(directory, argv.program) : undefined;
  if (called?.startsWith(`${path}/bin/`) === true) return true;
  const search = variableAt(step.instruction, 'PATH') ?? '';
  const active = variableAt(step.instruction, 'VIRTUAL_ENV') === path || step.invocations.some(({ name, args }) => (name === '.' || name === 'source') && args[0] !== undefined && resolvePath(directory, args[0]) === `${path}/bin/activate`);
  if (kind === 'uv-pip' && directory !== undefined && path === resolvePath(directory, '.venv')) return true;
  return search.split(':').includes(`${path}/bin`) || step.instruction.stage?.instructions.some(({ keyword, args, index }) => keyword === 'ENV' && index < step.instruction.index && args.includes(`${path}/bin`)) === true || active;
}
