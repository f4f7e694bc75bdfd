import type { Stage } from '../dockerfile/model.ts';
import type { Build } from './builds.ts';
import { builtStage, type ImageFacts, type StageImage } from './image-facts.ts';
import { folderOf, resolveIn } from './paths.ts';

/** An image that is built from files of the workspace, as one of them says. */
export interface BuiltImage {
  /** Key of the file that says so. */
  readonly saidBy: string;
  /** Key of the folder it is built in. */
  readonly context: string;
  /** Key of its Dockerfile; undefined where it is built without one. */
  readonly dockerfile: string | undefined;
  /** The stage that is built; undefined: the last. */
  readonly target: string | undefined;
  /** What the Dockerfile makes; undefined where it is not known. */
  readonly stage: StageImage | undefined;
  /** That stage itself, read anew from the Dockerfile as it is known now; undefined where it is not. */
  readonly readStage: () => Stage | undefined;
}

interface PlacedBuild extends Build {
  readonly saidBy: string;
  readonly folder: string;
  /** Where its Dockerfile may stand, the likeliest first. */
  readonly dockerfiles: readonly string[];
}

/** Which images are built here, and from what. Only what a file says counts: names alone prove nothing. */
export class ImageTable {
  readonly #byFile = new Map<string, readonly PlacedBuild[]>();
  #byImage: Map<string, readonly PlacedBuild[]> | undefined;
  #byDockerfile: Map<string, PlacedBuild> | undefined;

  setBuilds(saidBy: string, builds: readonly Build[]): void {
    this.#byFile.delete(saidBy);
    const placed = builds.flatMap((build) => place(saidBy, build));
    if (placed.length > 0) this.#byFile.set(saidBy, placed);
    this.#byImage = undefined;
    this.#byDockerfile = undefined;
  }

  get isEmpty(): boolean {
    return this.#byFile.size === 0;
  }

  /** The build of an image, by its bare name: one whose Dockerfile is known before one whose is not. */
  find(image: string, facts: (dockerfile: string) => ImageFacts | undefined): BuiltImage | undefined {
    this.#byImage ??= groupBy([...this.#byFile.values()].flat(), (build) => normal(build.image));
    const builds = this.#byImage.get(normal(image)) ?? [];
    const known = builds.find(({ dockerfiles }) => dockerfiles.some((key) => facts(key) !== undefined)) ?? builds[0];
    if (known === undefined) return undefined;
    const dockerfile = known.dockerfiles.find((key) => facts(key) !== undefined) ?? known.dockerfiles[0];
    const made = dockerfile === undefined ? undefined : facts(dockerfile);
    const stage = made === undefined ? undefined : builtStage(made, known.target);
    const readStage = (): Stage | undefined => (made?.read === undefined ? undefined : builtStage(made.read(), known.target));
    return { saidBy: known.saidBy, context: known.folder, dockerfile, target: known.target, stage, readStage };
  }

  /** The folder that a Dockerfile is built in, if a file says so. */
  contextOf(dockerfile: string): string | undefined {
    return this.#dockerfiles().get(dockerfile)?.folder;
  }

  isDockerfile(key: string): boolean {
    return this.#dockerfiles().has(key);
  }

  /** The Dockerfiles that a file names by themselves. */
  dockerfilesOf(saidBy: string): readonly string[] {
    return (this.#byFile.get(saidBy) ?? []).flatMap(({ dockerfile, dockerfiles }) => (dockerfile === undefined ? [] : dockerfiles));
  }

  #dockerfiles(): ReadonlyMap<string, PlacedBuild> {
    if (this.#byDockerfile !== undefined) return this.#byDockerfile;
    const all = [...this.#byFile.values()].flat().reverse();
    this.#byDockerfile = new Map(all.flatMap((build) => build.dockerfiles.map((key) => [key, build] as const)));
    return this.#byDockerfile;
  }
}

function place(saidBy: string, build: Build): readonly PlacedBuild[] {
  const base = folderOf(saidBy);
  const folder = resolveIn(base, build.context);
  if (folder === undefined) return [];
  const written = build.dockerfile === undefined ? undefined : resolveIn(base, build.dockerfile);
  const usual = [`${folder}/Dockerfile`, `${folder}/Containerfile`];
  const dockerfiles = !build.byDockerfile ? [] : build.dockerfile === undefined ? usual : written === undefined ? [] : [written];
  return [{ ...build, saidBy, folder, dockerfiles }];
}

/** `docker.io/library/web` and `web` are one image. */
function normal(image: string): string {
  return image.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
