import type { Finding } from './core/finding.ts';
import type { Text } from './core/message.ts';
import type { FactKind } from './core/rule.ts';
import { type Dockerfile, parseDockerfile } from './dockerfile/view.ts';
import { type Manifest, manifestsOf } from './kubernetes/manifest.ts';
import type { ObjectRoot } from './kubernetes/types.ts';
import { defaultVersion } from './kubernetes/versions.ts';
import type { KubernetesContext, RuleSet } from './rule-kinds.ts';
import { inOrder, notice, placed, runRules, settle } from './run-rules.ts';
import { type DocumentKind, looksLikeManifest } from './sniff.ts';
import { SourceText } from './text/source.ts';
import { type Facts, factsOf, joinFacts, signature } from './workspace/facts.ts';
import { parseDocument } from './yaml/document.ts';
import { type Chunk, splitStream } from './yaml/stream.ts';

const unreadable: Text = {
  en: 'This document was not checked, because its YAML cannot be read: {problem}',
  zh: '此文档的 YAML 无法解析，因此未检查：{problem}',
};
/** One document of a YAML stream: parsed once, its findings kept until something they depend on changes. */
interface CachedChunk {
  readonly facts: Facts;
  readonly manifests: readonly Manifest[];
  /** Findings that need no rule: syntax. */
  readonly own: readonly Finding[];
  /** Findings of the rules that read the same facts, by those facts' signature. Offsets count from the chunk. */
  readonly findings: Map<string, { readonly signature: string; readonly findings: readonly Finding[] }>;
}

interface YamlDocumentState {
  readonly kind: 'yaml';
  readonly source: SourceText;
  chunks: Map<string, CachedChunk>;
}

interface DockerfileState {
  readonly kind: 'dockerfile';
  readonly source: SourceText;
  findings: readonly Finding[] | undefined;
}

/** How much work the session did since it was made: tests hold "one edit, one document" to these numbers. */
export interface Work {
  parsed: number;
  checked: number;
}

/**
 * Owns the open documents and what is known about them. Pure and synchronous; the same texts give the same findings.
 * A YAML stream is kept by document: an edit parses the documents it changed and runs rules on those, and on those
 * that read a fact which the edit changed.
 */
export class Session {
  readonly work: Work = { parsed: 0, checked: 0 };
  readonly #rules: RuleSet;
  readonly #groups: readonly RuleGroup[];
  readonly #documents = new Map<string, YamlDocumentState | DockerfileState>();

  constructor(rules: RuleSet) {
    this.#rules = rules;
    this.#groups = groupByFacts(rules.kubernetes);
  }

  /** Opens a document or replaces its text. */
  update(uri: string, kind: DocumentKind, text: string): void {
    const old = this.#documents.get(uri);
    if (old?.kind === kind && old.source.text === text) return;
    const source = new SourceText(text);
    this.#documents.set(
      uri,
      kind === 'yaml'
        ? { kind, source, chunks: old?.kind === 'yaml' ? old.chunks : new Map<string, CachedChunk>() }
        : { kind, source, findings: undefined },
    );
  }

  close(uri: string): void {
    this.#documents.delete(uri);
  }

  has(uri: string): boolean {
    return this.#documents.has(uri);
  }

  text(uri: string): SourceText | undefined {
    return this.#documents.get(uri)?.source;
  }

  /** All findings of a document in its order, with offsets of its text; none for a document that is not open. */
  lint(uri: string): readonly Finding[] {
    const slices = this.lintSlices(uri);
    for (;;) {
      const step = slices.next();
      if (step.done === true) return step.value;
    }
  }

  /** {@link lint} with a pause after each document of a stream, so that a host can breathe, or stop asking. */
  *lintSlices(uri: string): Generator<void, readonly Finding[]> {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    if (document.kind === 'yaml') return yield* this.#lintStream(document);
    document.findings ??= this.#lintDockerfile(uri, document.source.text);
    return document.findings;
  }

  #lintDockerfile(uri: string, text: string): readonly Finding[] {
    this.work.parsed += 1;
    this.work.checked += 1;
    const file: Dockerfile = parseDockerfile(text);
    return inOrder(settle(runRules(this.#rules.dockerfile, file, { path: uri }, 'file'), this.#rules.dockerfile));
  }

  *#lintStream(document: YamlDocumentState): Generator<void, readonly Finding[]> {
    const { text } = document.source;
    if (!looksLikeManifest(text)) return [];
    const chunks = splitStream(text);
    const cached: CachedChunk[] = [];
    const kept = new Map<string, CachedChunk>();
    for (const chunk of chunks) {
      const known = kept.get(chunk.text) ?? document.chunks.get(chunk.text) ?? this.#read(chunk);
      kept.set(chunk.text, known);
      cached.push(known);
      yield;
    }
    document.chunks = kept;
    const facts = joinFacts(cached.map((chunk) => chunk.facts));
    const signed = this.#groups.map((group) => ({ group, signature: signature(facts, group.reads) }));
    const context: KubernetesContext = { facts, version: defaultVersion };
    const all: Finding[] = [];
    for (const [index, chunk] of cached.entries()) {
      const base = chunks[index]?.start ?? 0;
      const found = [...chunk.own, ...signed.flatMap((entry) => this.#check(chunk, entry, context))];
      for (const finding of settle(found, this.#rules.kubernetes)) all.push(placed(finding, base, index));
      yield;
    }
    return inOrder(all);
  }

  #read(chunk: Chunk): CachedChunk {
    const nothing: CachedChunk = { facts: joinFacts([]), manifests: [], own: [], findings: new Map() };
    // Templates are not YAML before they are rendered; guessing at them would raise false alarms.
    if (!looksLikeManifest(chunk.text) || chunk.text.includes('{{')) return nothing;
    this.work.parsed += 1;
    const document = parseDocument(chunk.text);
    const [problem] = document.problems;
    if (problem !== undefined) {
      return { ...nothing, own: [notice('unreadable', problem.span, unreadable, { problem: problem.message })] };
    }
    const manifests = manifestsOf(document.root.as<ObjectRoot>());
    return { ...nothing, facts: factsOf(manifests), manifests };
  }

  #check(chunk: CachedChunk, entry: SignedGroup, context: KubernetesContext): readonly Finding[] {
    if (chunk.manifests.length === 0) return [];
    const key = entry.group.reads.join();
    const known = chunk.findings.get(key);
    if (known?.signature === entry.signature) return known.findings;
    this.work.checked += 1;
    const findings = chunk.manifests.flatMap((manifest) =>
      runRules(entry.group.rules, manifest, context, manifest.place),
    );
    chunk.findings.set(key, { signature: entry.signature, findings });
    return findings;
  }
}

interface RuleGroup {
  readonly reads: readonly FactKind[];
  readonly rules: RuleSet['kubernetes'];
}

interface SignedGroup {
  readonly group: RuleGroup;
  readonly signature: string;
}

/** Rules that read the same facts are cached together, so that a changed fact re-runs only its readers. */
function groupByFacts(rules: RuleSet['kubernetes']): readonly RuleGroup[] {
  const groups = new Map<string, { reads: RuleGroup['reads']; rules: RuleSet['kubernetes'][number][] }>();
  for (const rule of rules) {
    const key = rule.meta.reads.join();
    const group = groups.get(key) ?? { reads: rule.meta.reads, rules: [] };
    group.rules.push(rule);
    groups.set(key, group);
  }
  return [...groups.values()];
}
