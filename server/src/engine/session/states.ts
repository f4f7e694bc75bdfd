import type { Finding } from '../core/finding.ts';
import type { Dockerfile } from '../dockerfile/view.ts';
import type { DocumentKind } from '../sniff.ts';
import type { SourceText } from '../text/source.ts';
import { type Facts, noFacts } from '../workspace/facts.ts';
import type { FileFacts } from '../workspace/file-facts.ts';
import type { Chunk } from '../yaml/stream.ts';
import type { CachedChunk, ChunkSetting } from './chunk.ts';
import type { FindingCache } from './groups.ts';

interface Common {
  readonly uri: string;
  readonly source: SourceText;
  readonly languageId: string | undefined;
  /** How the index was told of this text; undefined: not yet. */
  told: 'text' | 'facts' | 'nothing' | undefined;
  /** The last findings, and the state of the workspace that they hold for. */
  result: { readonly revision: string; readonly findings: readonly Finding[] } | undefined;
}

/** A stream as it was read, with what decided how. */
export interface Reading {
  readonly basis: string;
  readonly setting: ChunkSetting;
  readonly chunks: readonly Chunk[];
  readonly cached: readonly CachedChunk[];
}

/** What all documents of a stream say: the same object as long as nothing of it changes, so that a glance tells. */
export interface Together {
  readonly facts: Facts;
  /** Of the parts that it was put together from. */
  readonly parts: readonly Facts[];
  /** What the findings of each group of rules depend on beside the text. */
  readonly signed: readonly string[];
}

export interface YamlState extends Common {
  readonly kind: 'yaml';
  /** In the order of the stream, of the last text that was read to its end. */
  chunks: readonly CachedChunk[];
  /** Documents that were read for a text which was then replaced before all of it was read. */
  readonly spare: Map<string, CachedChunk>;
  /** What the chunks were read by; chunks that were read by something else are of no use. */
  basis: string;
  /** Undefined until this text is read. */
  reading: Reading | undefined;
  /** What all chunks say together. */
  together: Together;
  /** What the chunks told the workspace; the same object as long as they tell the same. */
  telling: { readonly parts: readonly Facts[]; readonly facts: FileFacts; readonly images: readonly string[] };
}

export interface DockerfileState extends Common {
  readonly kind: 'dockerfile';
  /** Undefined until it is read. */
  file: Dockerfile | undefined;
  readonly findings: FindingCache;
}

export type DocumentState = YamlState | DockerfileState;

/** A new text of a document; of the old one, what may be of use. */
export function stateOf(uri: string, kind: DocumentKind, source: SourceText, languageId: string | undefined, old: DocumentState | undefined): DocumentState {
  const common = { uri, source, languageId, told: undefined, result: undefined };
  if (kind === 'dockerfile') return { ...common, kind, file: undefined, findings: new Map() };
  const { chunks, spare, basis, together, telling } = old?.kind === 'yaml' ? old : unread();
  return { ...common, kind, chunks, spare, basis, reading: undefined, together, telling };
}

function unread(): Pick<YamlState, 'chunks' | 'spare' | 'basis' | 'together' | 'telling'> {
  return { chunks: [], spare: new Map(), basis: '', together: { facts: noFacts, parts: [], signed: [] }, telling: { parts: [], facts: {}, images: [] } };
}
