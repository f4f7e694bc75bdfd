import type { FileFacts } from './file-facts.ts';

/** Kinds of facts that change on their own. A cache that holds the version of those it read is never stale. */
export type WorkspaceFactKind = 'services' | 'limitRanges' | 'overlays' | 'images' | 'build' | 'config';

/** The kind each part of a file's facts belongs to. */
export const kindOfPart = {
  services: 'services', limitRanges: 'limitRanges', patches: 'overlays', kustomization: 'overlays', builds: 'images', image: 'images',
  build: 'build', script: 'build', dockerignore: 'build', config: 'config',
} as const satisfies Readonly<Record<keyof FileFacts, WorkspaceFactKind>>;

export const factParts = Object.keys(kindOfPart) as readonly (keyof FileFacts)[];

/** Counts the changes of each kind. */
export class FactVersions {
  readonly #counts: Record<WorkspaceFactKind, number> = { services: 0, limitRanges: 0, overlays: 0, images: 0, build: 0, config: 0 };

  of(kind: WorkspaceFactKind): number {
    return this.#counts[kind];
  }

  grow(kind: WorkspaceFactKind): void {
    this.#counts[kind] += 1;
  }

  /** Another text whenever any count is another. */
  get revision(): string {
    return Object.values(this.#counts).join();
  }
}
