import { type ClaimFact, claimFact } from '../kubernetes/claim.ts';
import type { ServiceFact } from '../kubernetes/service.ts';
import { serviceFact } from '../kubernetes/service.ts';
import { type Manifest, manifestsOf } from '../kubernetes/manifest.ts';
import type { ObjectRoot } from '../kubernetes/types.ts';
import { parseDocument } from '../yaml/document.ts';
import { documentsOf, isTemplate } from '../yaml/template.ts';
import { type CargoToml, readCargoToml } from './build-files/cargo.ts';
import { type CProject, readCmake, readMakefile } from './build-files/c-project.ts';
import { type CargoLock, readCargoLock } from './build-files/cargo-lock.ts';
import { type DotnetProject, readCsproj } from './build-files/csproj.ts';
import { type GoMod, readGoMod } from './build-files/go-mod.ts';
import { type GradleFile, readGradle } from './build-files/gradle.ts';
import { type MixProject, readMixExs } from './build-files/mix-exs.ts';
import { type PackageJson, readPackageJson } from './build-files/package-json.ts';
import { type Pom, readPom } from './build-files/pom.ts';
import { type GemfileLock, readGemfileLock } from './build-files/gemfile-lock.ts';
import { type Pyproject, readPyproject } from './build-files/pyproject.ts';
import { readRequirements, type Requirements } from './build-files/requirements.ts';
import { type Build, composeBuilds, skaffoldBuilds } from './builds.ts';
import { type ReadConfig, readConfig } from './config-file.ts';
import { type ContainerFact, containerFacts, imagesNamed } from './container-facts.ts';
import type { Facts } from './facts.ts';
import type { FileRole } from './file-roles.ts';
import { type ImageFacts, imageFacts } from './image-facts.ts';
import { type Kustomization, readKustomization } from './kustomization.ts';
import { type Patch, readPatches } from './kustomize-patch.ts';
import { type LimitRangeFact, limitRangeFact } from './limit-range.ts';
import { type ScriptFacts, scriptFacts } from './script-facts.ts';

export type BuildFile = PackageJson | GoMod | Pom | DotnetProject | CargoToml | CargoLock | CProject | Pyproject | GradleFile | MixProject | Requirements | GemfileLock;

/**
 * What one file tells the others: facts, not its text, but for Dockerfiles, see {@link imageOf}. Everything is optional,
 * most files tell one thing.
 */
export interface FileFacts {
  readonly services?: readonly ServiceFact[];
  readonly limitRanges?: readonly LimitRangeFact[];
  readonly claims?: readonly ClaimFact[];
  /** The images that it names, without tags. */
  readonly images?: readonly string[];
  /** Only of files that name an image which is built here. */
  readonly containers?: readonly ContainerFact[] | undefined;
  /** Only of files that some kustomization names as a patch. */
  readonly patches?: readonly Patch[] | undefined;
  readonly kustomization?: Kustomization | undefined;
  readonly builds?: readonly Build[];
  readonly image?: ImageFacts;
  readonly build?: BuildFile | undefined;
  readonly script?: ScriptFacts | undefined;
  /** The patterns of a .dockerignore, in order. */
  readonly dockerignore?: readonly string[];
  readonly config?: ReadConfig;
}

/** What is asked of a file beside what its name says. */
export interface FactsWanted {
  readonly isPatch: boolean;
  /** Is one of the images built here? */
  readonly isUser: (images: readonly string[]) => boolean;
  /** Ids of the rules there are, for configuration files. */
  readonly rules: readonly string[];
}

/** A longer text is no file that people keep facts in; it tells nothing. In UTF-16 code units. */
export const longestText = 4_000_000;
const mostFacts = 5_000;

/** Reads the facts of a file. Never throws; a text that is not what its name says tells nothing. */
export function fileFacts(role: FileRole, text: string, { isPatch, isUser, rules }: FactsWanted): FileFacts {
  if (text.length > longestText) return {};
  const facts = role === 'manifest' ? manifestFacts(text, isUser) : factsByRole[role](text, rules);
  return isPatch ? { ...facts, patches: readPatches(text) } : facts;
}

const factsByRole: Readonly<Record<Exclude<FileRole, 'manifest'>, (text: string, rules: readonly string[]) => FileFacts>> = {
  kustomization: (text) => ({ kustomization: readKustomization(text) }),
  skaffold: (text) => ({ builds: skaffoldBuilds(text) }),
  compose: (text) => ({ builds: composeBuilds(text) }),
  dockerfile: (text) => imageOf(() => imageFacts(text)),
  dockerignore: (text) => ({ dockerignore: ignoreLines(text) }),
  'package-json': (text) => ({ build: readPackageJson(text) }),
  'go-mod': (text) => ({ build: readGoMod(text) }),
  pom: (text) => ({ build: readPom(text) }),
  csproj: (text) => ({ build: readCsproj(text) }),
  cargo: (text) => ({ build: readCargoToml(text) }),
  cmake: (text) => ({ build: readCmake(text) }),
  makefile: (text) => ({ build: readMakefile(text) }),
  'cargo-lock': (text) => ({ build: readCargoLock(text) }),
  pyproject: (text) => ({ build: readPyproject(text) }),
  gradle: (text) => ({ build: readGradle(text) }),
  mix: (text) => ({ build: readMixExs(text) }),
  requirements: (text) => ({ build: readRequirements(text) }),
  'gemfile-lock': (text) => ({ build: readGemfileLock(text) }),
  script: (text) => ({ script: scriptFacts(text) }),
  config: (text, rules) => ({ config: readConfig(text, rules) }),
  presence: () => ({}),
};

/**
 * What a Dockerfile tells, read when somebody asks: only of those from which a file says that an image is built. Its text
 * is kept, because it is read so late, and because fixes of manifests may change it; it is no larger than what it tells.
 */
export function imageOf(read: () => ImageFacts): FileFacts {
  let known: ImageFacts | undefined;
  return {
    get image() {
      return (known ??= read());
    },
  };
}

/** Most manifests hold none of the kinds that tell others something, and cost a scan. Templates are not read. */
const tellingKinds = /\bkind["']?[ \t]*:[ \t]*["']?(?:Service|LimitRange|PersistentVolumeClaim|\w*List)\b/;

function manifestFacts(text: string, isUser: FactsWanted['isUser']): FileFacts {
  const images = isTemplate(text) ? [] : imagesNamed(text);
  const used = images.length > 0 ? { images, ...(isUser(images) ? { containers: containerFacts(manifestsIn(text, (chunk) => chunk.includes('image'))) } : {}) } : {};
  return tellingKinds.test(text) ? { ...factsOfManifests(manifestsIn(text, (chunk) => tellingKinds.test(chunk))), ...used } : used;
}

/** The objects of those documents of a stream that are wanted; of templates none. */
function manifestsIn(text: string, isWanted: (chunk: string) => boolean): readonly Manifest[] {
  return documentsOf(text).flatMap((chunk) =>
    isWanted(chunk.text) && !isTemplate(chunk.text) ? manifestsOf(parseDocument(chunk.text).root.as<ObjectRoot>()) : []);
}

/** The facts of objects that are read already: those of a document that is open. */
export function factsOfManifests(manifests: readonly Manifest[]): FileFacts {
  const services = manifests.flatMap((manifest) => serviceFact(manifest) ?? []).slice(0, mostFacts);
  const limitRanges = manifests.flatMap((manifest) => limitRangeFact(manifest) ?? []).slice(0, mostFacts);
  const claims = manifests.flatMap((manifest) => claimFact(manifest) ?? []).slice(0, mostFacts);
  return told({ services, limitRanges, claims });
}

/** What manifests tell other files: nothing where there is nothing of a kind. */
export function told({ services, limitRanges, claims }: Facts): FileFacts {
  return {
    ...(services.length === 0 ? {} : { services }),
    ...(limitRanges.length === 0 ? {} : { limitRanges }),
    ...(claims.length === 0 ? {} : { claims }),
  };
}

function ignoreLines(text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).slice(0, mostFacts);
}
