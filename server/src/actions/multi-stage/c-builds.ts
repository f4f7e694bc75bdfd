import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { CProject } from '../../engine/workspace/build-files/c-project.ts';
import { isCompiler } from './c-habits.ts';
import { isWithin } from './paths.ts';
import type { Invocation, Site, Step } from './site.ts';

/** A command that makes C or C++ programs. */
export interface Compiled {
  readonly step: Step;
  readonly invocation: Invocation;
  /** The file that a compiler is told to make; undefined for `make` and its like. */
  readonly path: string | undefined;
  /** Below it `make` and its like put what they make. */
  readonly directory: string | undefined;
}

/** Every build of the stage, in order. */
export function compiledBy(site: Site): readonly Compiled[] {
  return site.steps.flatMap((step) => step.invocations.flatMap((invocation) => compiled(step, invocation) ?? []));
}

function compiled(step: Step, invocation: Invocation): Compiled | undefined {
  const { name, args, directory } = invocation;
  const after = (option: string): string | undefined => {
    const at = args.findIndex((arg) => arg === option || arg?.startsWith(`${option}=`) === true);
    return at < 0 ? undefined : args[at] === option ? args[at + 1] : args[at]?.slice(option.length + 1);
  };
  const made = (written: string | undefined): Compiled => ({ step, invocation, path: undefined, directory: written === undefined ? directory : resolvePath(directory, written) });
  if (isCompiler(name)) {
    if (args.some((arg) => /^(?:-c|-S|-E|-shared|-M+|--version|-v)$/.test(arg ?? ''))) return undefined;
    const given = after('-o') ?? args.find((arg) => /^-o./.test(arg ?? ''))?.slice(2);
    return { step, invocation, path: resolvePath(directory, given ?? 'a.out'), directory: undefined };
  }
  if (name === 'make' || name === 'gmake' || name === 'ninja' || name === 'samu') return args.some((arg) => /^(?:clean|distclean)$/.test(arg ?? '')) && args.length === 1 ? undefined : made(after('-C'));
  if (name === 'cmake' && args.includes('--build')) return made(after('--build'));
  return name === 'meson' && args[0] === 'compile' ? made(after('-C')) : undefined;
}

/** Is the file at the path one that the command makes? Names with an extension are sources and scripts. */
export function makesProgram(site: Site, { path: own, directory }: Compiled, path: string): boolean {
  if (own !== undefined) return own === path;
  if (directory === undefined || directory === '/' || !isWithin(directory, path) || path === directory) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const copied = site.steps.some(({ copy }) => copy?.sources.some(({ text }) => text === name || text.endsWith(`/${name}`)) === true);
  return !copied && (!name.includes('.') || /\.(?:out|bin|elf|x86_64)$/.test(name));
}

/** What the files of the project say, those of its folders included. */
export function projectsOf(site: Site): readonly CProject[] {
  const roots = new Set(site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args, directory }) => {
    if (name !== 'cmake' && name !== 'make' && name !== 'gmake') return [];
    const at = args.findIndex((arg) => arg === '-S' || arg === '-C');
    const given = at < 0 ? args.find((arg) => /^\.\.?(?:\/|$)/.test(arg ?? '')) : args[at + 1];
    return [directory, given === undefined ? undefined : resolvePath(directory, given)].flatMap((each) => each ?? []);
  })));
  const read = (folder: string): readonly CProject[] => ['CMakeLists.txt', 'Makefile'].flatMap((name) => {
    const file = site.context.file(resolvePath(folder, name) ?? '');
    return file?.ecosystem === 'c' ? [file] : [];
  });
  const top = [...roots].flatMap((root) => read(root).map((file) => ({ root, file })));
  return [...top.map(({ file }) => file), ...top.flatMap(({ root, file }) => file.folders.flatMap((folder) => read(resolvePath(root, folder) ?? '')))];
}
