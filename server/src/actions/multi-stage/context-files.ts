import { globFilter } from '../../engine/core/glob.ts';
import { plain, sourcesOf } from '../../engine/dockerfile/copied-from.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { BuildContext } from '../../engine/workspace/build-context.ts';
import { dataFolders, fileRole, isDataFile } from '../../engine/workspace/file-roles.ts';
import { directoryOf, nameOf } from './paths.ts';
import { pathAt, type ContextFiles, type Presence, type Step } from './site.ts';

/** The files that the instructions bring from the context. */
export function contextFiles(steps: readonly Step[], build: BuildContext): ContextFiles {
  const ignored = globFilter(build.dockerignore.map(fromTheTop));
  const copies = steps.filter(({ copy }) => copy !== undefined && copy.from === undefined).reverse();
  const found = (path: string): string | undefined => copies
    .flatMap((step) => candidates(step, path))
    .find((each) => build.has(each) && !ignored(each));
  // The folder of the Dockerfile is the context in most repositories, not in all: what is copied by name has to be there.
  const isContext = build.isListed && build.names().some(isBuildFile) && copies.every(({ copy }) => (copy?.sources ?? []).every(({ text }) => /[$*?[]/.test(text) || !isBuildFile(text) || build.has(plain(text))));
  const presence = (path: string): Presence => {
    if (!isContext) return 'unknown';
    if (found(path) !== undefined) return 'there';
    const name = nameOf(path);
    // What a copied file is taken for the directory of is no candidate.
    const from = copies.flatMap((step) => candidates(step, path)).filter((each) => !build.has(directoryOf(`/${each}`).slice(1)));
    const made = steps.some(({ run, instruction }) => run !== undefined && instruction.args.includes(name));
    if (!made && from.length > 0 && from.every(ignored)) return 'absent';
    return made || fileRole(name) === undefined || !copies.some(({ copy }) => copy?.sources.some(({ text }) => text === '.' || text === './')) ? 'unknown' : 'absent';
  };
  return {
    file: (path) => {
      const source = build.isListed && !isContext ? undefined : found(path);
      return source === undefined ? undefined : build.file(source);
    },
    presence,
    names: (directory) => [...new Set(copies.flatMap((step) => foldersOf(step, directory)).flatMap((folder) => build.names(folder)))].filter((name) => presence(resolvePath(directory, name) ?? '') === 'there'),
    script: (path) => {
      const source = found(path);
      return source === undefined ? undefined : build.script(source);
    },
    configuration: (directory) => {
      const isThere = (name: string): boolean => presence(resolvePath(directory, name) ?? '') === 'there';
      const files = build.names().filter((name) => settings.test(name) && isThere(name));
      const folders = settingsFolders.filter((folder) => build.names(folder).some((name) => fileRole(name) === 'manifest' && isThere(`${folder}/${name}`)));
      return [...files, ...folders].map((name) => resolvePath(directory, name) ?? name);
    },
    data: (directory) => foldersOfData(build, (path) => presence(resolvePath(directory, path) ?? '') === 'there').map((name) => resolvePath(directory, name) ?? name),
  };
}

/** Folders of the context that hold pages, templates or steps of a schema, none inside another. */
export function foldersOfData(build: Pick<BuildContext, 'names'>, isThere: (path: string) => boolean = () => true): readonly string[] {
  const all = dataFolders.flatMap((folder) => [folder, ...dataFolders.map((inner) => `${folder}/${inner}`)]);
  const holding = all.filter((folder) => build.names(folder).some((name) => isDataFile(`${folder}/${name}`) && isThere(`${folder}/${name}`)));
  return holding.filter((folder) => !holding.some((outer) => folder.startsWith(`${outer}/`)));
}

/** Names of configuration that programs look for by themselves: Viper's examples, Spring Boot's defaults. */
const settings = /^(?:app|application|conf|config|settings)(?:[-.][\w-]+)*\.ya?ml$/;
const settingsFolders: readonly string[] = ['conf', 'config', 'configs', 'etc'];

/** Files that the index knows by name, whatever is in them, and that every project of their kind has. */
function isBuildFile(source: string): boolean {
  return /^(?:package\.json|requirements\.txt|pyproject\.toml|Gemfile|go\.mod|pom\.xml|Cargo\.toml|composer\.json|CMakeLists\.txt|Makefile|(?:build|settings)\.gradle(?:\.kts)?|mix\.exs|[\w.-]+\.(?:(?:cs|fs|vb)proj|slnx?))$/.test(nameOf(plain(source)));
}

/** Patterns of a .dockerignore begin at the top of the context, also those without a slash. */
function fromTheTop(pattern: string): string {
  const negated = pattern.startsWith('!');
  const body = (negated ? pattern.slice(1) : pattern).replace(/^\.?\//, '');
  return `${negated ? '!' : ''}/${body}`;
}

/** Folders of the context from which a COPY may bring files to `directory`. */
function foldersOf(step: Step, directory: string): readonly string[] {
  const own = (step.copy?.sources ?? []).map(({ text }) => directoryOf(`/${plain(text)}`).slice(1));
  return [...own, ...candidates(step, resolvePath(directory, 'x') ?? '').map((each) => directoryOf(`/${each}`).slice(1))].map((each) => (each === '' ? '.' : each));
}

/** Paths of the context that a COPY may bring to `path`. */
function candidates(step: Step, path: string): readonly string[] {
  const { copy } = step;
  const target = copy?.destination === undefined ? undefined : pathAt(copy.destination.text, step);
  if (copy === undefined || target === undefined) return [];
  return sourcesOf(copy, target, path);
}
