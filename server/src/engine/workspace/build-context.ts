import type { BuildFile } from './file-facts.ts';
import type { ScriptFacts } from './script-facts.ts';
import type { WorkspaceIndex } from './workspace-index.ts';
import { fileUri, resolveIn } from './paths.ts';

/** The folder that an image is built in, as far as its files are known. Paths are relative to it. */
export interface BuildContext {
  /** Key of the folder. */
  readonly folder: string;
  /** Were its files listed? Else that a file is not known says nothing. */
  readonly isListed: boolean;
  /** Names of the files in a folder, those that have a say in builds (see `file-roles.ts`), in order. */
  readonly names: (folder?: string) => readonly string[];
  readonly has: (path: string) => boolean;
  readonly uriOf: (path: string) => string;
  /** What a package.json, go.mod, pom.xml, *.csproj, Cargo.toml, pyproject.toml, requirements.txt or Gemfile.lock says. */
  readonly file: (path: string) => BuildFile | undefined;
  /** What a shell script says. */
  readonly script: (path: string) => ScriptFacts | undefined;
  /** The patterns of the .dockerignore that counts: `<Dockerfile>.dockerignore` beats the context's own. */
  readonly dockerignore: readonly string[];
}

/** The build context of a Dockerfile: the folder that some file names for it, else its own. */
export function buildContext(index: WorkspaceIndex, uri: string): BuildContext {
  const folder = index.contextOf(uri);
  const at = (path: string): string => resolveIn(folder, path) ?? '';
  return {
    folder,
    get isListed() {
      return index.isListed(folder);
    },
    names: (path = '.') => index.names(at(path)),
    has: (path) => index.has(at(path)),
    uriOf: (path) => fileUri(at(path)),
    file: (path) => index.factsOf(at(path))?.build,
    script: (path) => index.factsOf(at(path))?.script,
    get dockerignore() {
      return (index.factsOf(`${uri}.dockerignore`) ?? index.factsOf(at('.dockerignore')))?.dockerignore ?? [];
    },
  };
}
