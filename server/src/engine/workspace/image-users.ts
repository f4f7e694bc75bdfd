import type { ContainerFact } from './container-facts.ts';
import type { BuiltImage } from './image-table.ts';

/** A container of a manifest that runs an image which is built here. */
export interface ImageUser {
  /** Key of the manifest. */
  readonly file: string;
  readonly container: ContainerFact;
  /** The stage that is built for it; undefined: the last. */
  readonly target: string | undefined;
}

/** What is to be asked of the other files. */
export interface UserSources {
  readonly builtImage: (file: string, image: string) => BuiltImage | undefined;
  /** Undefined where the manifest was not read for it yet. */
  readonly containers: (file: string) => readonly ContainerFact[] | undefined;
  /** Another text whenever one of the answers may be another. */
  readonly revision: () => string;
}

interface Known {
  readonly revision: string;
  readonly byDockerfile: ReadonlyMap<string, readonly ImageUser[]>;
  readonly unread: readonly string[];
}

/** The way back from a Dockerfile to the manifests that run its image. */
export class ImageUsers {
  readonly #sources: UserSources;
  /** The images that each file names. */
  readonly #images = new Map<string, readonly string[]>();
  #known: Known | undefined;

  constructor(sources: UserSources) {
    this.#sources = sources;
  }

  set(file: string, images: readonly string[] | undefined): void {
    if (images === undefined) this.#images.delete(file);
    else this.#images.set(file, images);
  }

  /** Does the file name an image that is built here, so that its containers matter? */
  isUser(file: string, images = this.#images.get(file) ?? []): boolean {
    return images.some((image) => this.#sources.builtImage(file, image) !== undefined);
  }

  /** The containers that run the image of a Dockerfile. */
  of(dockerfile: string): readonly ImageUser[] {
    return this.#look().byDockerfile.get(dockerfile) ?? [];
  }

  /** Files that use an image which is built here, and that nobody has read for their containers. */
  unread(): readonly string[] {
    return this.#look().unread;
  }

  #look(): Known {
    const revision = this.#sources.revision();
    if (this.#known?.revision === revision) return this.#known;
    const byDockerfile = new Map<string, ImageUser[]>();
    const unread: string[] = [];
    for (const [file, images] of this.#images) {
      const built = images.map((image) => [image, this.#sources.builtImage(file, image)] as const).filter(([, found]) => found !== undefined);
      if (built.length === 0) continue;
      const containers = this.#sources.containers(file);
      if (containers === undefined) unread.push(file);
      for (const [image, found] of built) {
        if (found?.dockerfile === undefined) continue;
        const own = (containers ?? []).filter((container) => container.image === image).map((container) => ({ file, container, target: found.target }));
        byDockerfile.set(found.dockerfile, [...(byDockerfile.get(found.dockerfile) ?? []), ...own]);
      }
    }
    return (this.#known = { revision, byDockerfile, unread });
  }
}
