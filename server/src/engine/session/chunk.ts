import type { Finding } from '../core/finding.ts';
import { mayIgnore } from '../core/ignore-comment.ts';
import type { Ignore } from '../core/suppress.ts';
import { type Manifest, type ManifestSetting, manifestsOf } from '../kubernetes/manifest.ts';
import type { ObjectRoot } from '../kubernetes/types.ts';
import { looksLikeManifest } from '../sniff.ts';
import { imagesNamed } from '../workspace/container-facts.ts';
import { type Facts, factsOf, noFacts } from '../workspace/facts.ts';
import type { SuppliedPath } from '../yaml/supplied.ts';
import { parseDocument, withSupplied, type YamlDocument } from '../yaml/document.ts';
import { ignoresOf } from '../yaml/ignores.ts';
import { isTemplate, parseTemplate } from '../yaml/template.ts';
import type { FindingCache } from './groups.ts';
import { forgottenMarker, obstacle } from './own.ts';

/** How the documents of a file are read. */
export interface ChunkSetting extends ManifestSetting {
  /** The file is a template of a Helm chart. */
  readonly isChart: boolean;
}

/** One document of a YAML stream: parsed once, its findings kept until something they depend on changes. */
export interface CachedChunk {
  readonly text: string;
  readonly document: YamlDocument | undefined;
  /** Its objects by its text alone; none where it cannot be checked. */
  readonly objects: readonly Manifest[];
  /** What it tells the other documents of its file. */
  readonly facts: Facts;
  /** What it tells other files: templates nothing. */
  readonly told: Facts;
  /** The images that it names: of templates none. */
  readonly images: readonly string[];
  /** Findings that need no rule: it cannot be read, it is too large. */
  readonly own: readonly Finding[];
  readonly ignores: readonly Ignore[];
  /** Its objects with what overlays supply, and what that is. */
  manifests: readonly Manifest[];
  supplied: string;
  /** The state of all overlays that this holds for. */
  overlays: number;
  /** Of the findings of its rules. Offsets count from the chunk. */
  readonly findings: FindingCache;
  /** The findings of all groups as they stood in the whole text last. */
  placed: Placed | undefined;
}

/** Findings with offsets of the whole text, and what they depend on beside the chunk. */
interface Placed {
  readonly signed: readonly string[];
  readonly base: number;
  readonly index: number;
  /** The same with offsets of the chunk: most edits only move them. */
  readonly settled: readonly Finding[];
  readonly findings: readonly Finding[];
}

/** Of a document with nothing in it to check. */
const nothing: Omit<CachedChunk, 'text' | 'findings'> = {
  document: undefined, objects: [], facts: noFacts, told: noFacts, images: [], own: [], ignores: [], manifests: [], supplied: '', overlays: -1, placed: undefined,
};

/** Reads one document. Where there is nothing in it to read, that costs a scan, and no document is there. */
export function readChunk(text: string, setting: ChunkSetting): CachedChunk {
  const isManifest = looksLikeManifest(text);
  if (!isManifest && !mayIgnore(text)) return { ...nothing, text, findings: new Map() };
  const { document, isMasked } = parse(text, setting.isChart);
  // The branches of a template may well say the same keys.
  const found = obstacle(document) ?? (isMasked || setting.isChart ? undefined : forgottenMarker(document));
  const objects = isManifest ? manifestsOf(document.root.as<ObjectRoot>(), setting) : [];
  const facts = factsOf(objects);
  // Templates are not YAML before they are rendered: that one cannot be read says nothing about it.
  const isSaid = found !== undefined && isManifest && ((!isMasked && !setting.isChart) || document.excess !== undefined);
  const checked = found === undefined ? objects : [];
  return {
    ...nothing,
    text,
    document,
    objects: checked,
    facts,
    told: isTemplate(text) ? noFacts : facts,
    images: isTemplate(text) || checked.length === 0 ? [] : imagesNamed(text),
    own: isSaid ? [found] : [],
    ignores: ignoresOf(document),
    manifests: checked,
    findings: new Map(),
  };
}

/**
 * Outside of charts braces may mean anything, and mostly mean themselves (Argo's `{{inputs.x}}`): there a document is
 * taken for a template only where it is no YAML as it stands.
 */
function parse(text: string, isChart: boolean): { readonly document: YamlDocument; readonly isMasked: boolean } {
  if (isChart && isTemplate(text)) return { document: parseTemplate(text), isMasked: true };
  const document = parseDocument(text);
  if (document.problems.length === 0 || document.excess !== undefined || !isTemplate(text)) return { document, isMasked: false };
  return { document: parseTemplate(text), isMasked: true };
}

/** Where something outside of the file may add to an object of it. */
export type SuppliedTo = (manifest: Manifest) => readonly SuppliedPath[];

/**
 * Brings a document up to date with what overlays supply. Its findings are dropped where that is something else now.
 * @param overlays a number for the state of all overlays: nothing is asked twice for the same
 */
export function supply(chunk: CachedChunk, setting: ChunkSetting, overlays: number, suppliedTo: SuppliedTo): void {
  if (chunk.document === undefined || chunk.objects.length === 0 || chunk.overlays === overlays) return;
  chunk.overlays = overlays;
  const fields = chunk.objects.map((manifest) => ({ object: manifest.root, paths: suppliedTo(manifest) })).filter(({ paths }) => paths.length > 0);
  const supplied = fields.length === 0 ? '' : JSON.stringify(fields.map(({ object, paths }) => [object.path, paths]));
  if (supplied === chunk.supplied) return;
  chunk.supplied = supplied;
  chunk.findings.clear();
  chunk.placed = undefined;
  chunk.manifests = fields.length === 0 ? chunk.objects : manifestsOf(withSupplied(chunk.document, fields).root.as<ObjectRoot>(), setting);
}
