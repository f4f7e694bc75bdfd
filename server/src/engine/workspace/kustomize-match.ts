import { globFilter } from '../core/glob.ts';
import { groupOf } from '../kubernetes/kinds.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { labelsOf } from '../kubernetes/workload.ts';
import type { PatchTarget } from './kustomization.ts';
import type { PatchedObject } from './kustomize-patch.ts';

/** What overlays know an object by. What is undefined cannot be read, and may be anything. */
export interface ObjectIdentity {
  readonly apiVersion: string | undefined;
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string> | undefined;
}

/** The object as one kustomization sees it: by each name it had on the way there. */
export interface SeenObject extends ObjectIdentity {
  readonly names: readonly string[];
  /** A kustomization on the way sets the namespace. */
  readonly isMoved: boolean;
}

export function identityOf({ apiVersion, kind, name, namespace, metadata }: Manifest): ObjectIdentity {
  return { apiVersion, kind, name, namespace, labels: labelsOf(metadata) };
}

/** May a strategic merge patch be for the object? Versions do not matter, groups do. */
export function isPatchedObject(patched: PatchedObject, seen: SeenObject): boolean {
  if (patched.kind !== seen.kind || !isSameGroup(patched.apiVersion, seen.apiVersion)) return false;
  if (seen.name !== undefined && !seen.names.includes(patched.name)) return false;
  return seen.isMoved || patched.namespace === undefined || seen.namespace === undefined || patched.namespace === seen.namespace;
}

/** May the target select the object? Where that cannot be said, it may. */
export function isTargeted(target: PatchTarget, seen: SeenObject): boolean {
  if (target.kind !== undefined && !mayMatch(target.kind, seen.kind)) return false;
  const group = seen.apiVersion === undefined ? undefined : groupOf(seen.apiVersion);
  if (target.group !== undefined && group !== undefined && !mayMatch(target.group, group)) return false;
  const { name, namespace, labelSelector } = target;
  if (name !== undefined && seen.name !== undefined && !seen.names.some((each) => mayMatch(name, each))) return false;
  if (namespace !== undefined && !seen.isMoved && seen.namespace !== undefined && !mayMatch(namespace, seen.namespace)) return false;
  return labelSelector === undefined || mayHaveLabels(labelSelector, seen.labels);
}

function isSameGroup(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || groupOf(a) === groupOf(b);
}

/**
 * Kustomize takes names and kinds in targets for anchored regular expressions. They come from files that nobody vetted,
 * so none is run: plain names and `.`, `.*`, `.+`, `a|b` are matched by hand, and any other expression may match.
 */
export function mayMatch(pattern: string, value: string): boolean {
  const body = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  if (/^[\w-]*$/.test(body)) return body === '' || body === value;
  const globs = body.split('|').map(globOf);
  return globs.some((glob) => glob === undefined || glob === '' || globFilter([glob])(value));
}

/** The glob that means the same, or undefined. */
function globOf(expression: string): string | undefined {
  const parts = expression.match(/\.\*|\.\+|\.|\\[.\-/]|[\w-]+/g) ?? [];
  if (parts.join('') !== expression) return undefined;
  return parts.map((part) => (part === '.*' ? '*' : part === '.+' ? '?*' : part === '.' ? '?' : part.replace('\\', ''))).join('');
}

/** A label's name and value have 63 characters at the most, and its prefix 253. */
const longestTerm = 400;

/** Equality terms are looked at; set terms and labels that cannot be read leave it open. */
function mayHaveLabels(selector: string, labels: ReadonlyMap<string, string> | undefined): boolean {
  if (labels === undefined) return true;
  return selector.split(',').every((term) => {
    if (term.length > longestTerm) return true;
    const [, key = '', not = '', value = ''] = /^\s*([\w./-]+)\s*(!?)==?\s*([\w.-]*)\s*$/.exec(term) ?? [];
    return key === '' || (labels.get(key) === value) === (not === '');
  });
}
