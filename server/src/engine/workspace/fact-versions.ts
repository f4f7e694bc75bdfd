import type { FileFacts } from './file-facts.ts';
import { fingerprint } from './fingerprint.ts';

/** Kinds of facts that change on their own. A cache that holds the version of those it read is never stale. */
export type WorkspaceFactKind = 'services' | 'limitRanges' | 'claims' | 'overlays' | 'images' | 'containers' | 'build' | 'config';

/** The kind each part of a file's facts belongs to. */
export const kindOfPart = {
  services: 'services', limitRanges: 'limitRanges', claims: 'claims', patches: 'overlays', kustomization: 'overlays', builds: 'images', image: 'images', images: 'containers', containers: 'containers',
  build: 'build', script: 'build', dockerignore: 'build', config: 'config',
} as const satisfies Readonly<Record<keyof FileFacts, WorkspaceFactKind>>;

const factParts = Object.keys(kindOfPart) as readonly (keyof FileFacts)[];

/**
 * The parts of a file's facts that say something else now.
 * @param isAsked false for parts that nobody asks for, so that they need not be read: the image of a Dockerfile from which
 * none is built, the containers of a manifest that runs none which is built here
 */
export function changedParts(before: FileFacts | undefined, after: FileFacts | undefined, isAsked: (part: 'image' | 'containers') => boolean): ReadonlySet<keyof FileFacts> {
  const asked = factParts.filter((part) => (part !== 'image' && part !== 'containers') || isAsked(part));
  // All that a new file tells is news, whatever it is: it need not be read for that.
  if (before === undefined) return new Set(asked.filter((part) => after !== undefined && part in after));
  return new Set(asked.filter((part) => !isAlike(before[part], after?.[part])));
}

/** What was not there before says something new, whatever it is. */
function isAlike(before: unknown, after: unknown): boolean {
  return before === after || (before !== undefined && after !== undefined && fingerprint(before) === fingerprint(after));
}

/** Counts the changes of each kind. */
export class FactVersions {
  readonly #counts: Record<WorkspaceFactKind, number> = { services: 0, limitRanges: 0, claims: 0, overlays: 0, images: 0, containers: 0, build: 0, config: 0 };

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
