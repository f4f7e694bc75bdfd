import { type CachedChunk, detached, inStep } from './chunk-cache.ts';
import type { Finding } from './core/finding.ts';
import type { Text } from './core/message.ts';
import type { FactKind } from './core/rule.ts';
import { type Dockerfile, parseDockerfile } from './dockerfile/view.ts';
import { manifestsOf } from './kubernetes/manifest.ts';
import type { ObjectRoot } from './kubernetes/types.ts';
import { defaultVersion } from './kubernetes/versions.ts';
import type { KubernetesContext, RuleSet } from './rule-kinds.ts';
import { inOrder, notice, placed, runRules, settle } from './run-rules.ts';
import { type DocumentKind, looksLikeManifest } from './sniff.ts';
import { SourceText } from './text/source.ts';
import { type Facts, factsOf, joinFacts, noFacts, signature } from './workspace/facts.ts';
import { parseDocument } from './yaml/document.ts';
import { splitStream } from './yaml/stream.ts';

const unreadable: Text = {
  en: 'This document was not checked, because its YAML cannot be read: {problem}',
  zh: '此文档的 YAML 无法解析，因此未检查：{problem}',
};

/** What all documents of a stream say together: one object as long as nothing of it changes. */
interface Known {
  readonly facts: Facts;
  /** Of the facts that each group of rules reads. */
  readonly signatures: readonly string[];
}

interface YamlDocumentState {
  readonly kind: 'yaml';
  readonly source: SourceText;
  /** In the order of the stream, of the last text that was checked. */
  chunks: readonly CachedChunk[];
  /** Documents that were read for a text which was then replaced before all of it was checked. */
  readonly spare: Map<string, CachedChunk>;
  /** Of all chunks. */
  known: Known;
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

  /** Opens a document or replaces its text. Who has lines counted already gives the text with its lines. */
  update(uri: string, kind: DocumentKind, text: string | SourceText): void {
    const old = this.#documents.get(uri);
    const source = typeof text === 'string' ? new SourceText(text) : text;
    if (old?.kind === kind && old.source.text === source.text) return;
    this.#documents.set(
      uri,
      kind === 'yaml'
        ? { kind, source, ...(old?.kind === 'yaml' ? { chunks: old.chunks, spare: old.spare, known: old.known } : nothingKnown()) }
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

  /** {@link lint} with a pause after each document that took work, so that a host can breathe, or stop asking. */
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
    const known = inStep(document.chunks, chunks);
    for (const [index, chunk] of chunks.entries()) {
      let same = known[index] ?? document.spare.get(chunk.text);
      if (same === undefined) {
        same = this.#read(detached(chunk.text));
        document.spare.set(same.text, same);
        yield;
      }
      cached.push(same);
    }
    const { facts, signatures } = this.#together(document, cached);
    document.chunks = cached;
    document.known = { facts, signatures };
    document.spare.clear();
    const context: KubernetesContext = { facts, version: defaultVersion };
    const all: Finding[] = [];
    for (const [index, chunk] of cached.entries()) {
      const base = chunks[index]?.start ?? 0;
      const before = this.work.checked;
      for (const finding of this.#findingsAt(chunk, base, index, signatures, context)) all.push(finding);
      if (this.work.checked > before) yield;
    }
    return inOrder(all);
  }

  /** What the chunks say together; what was known where they say the same as before. */
  #together({ chunks, known }: YamlDocumentState, now: readonly CachedChunk[]): Known {
    const isSame = chunks.length === now.length && now.every((chunk, index) => chunk.facts === chunks[index]?.facts);
    if (isSame && known.signatures.length === this.#groups.length) return known;
    const facts = joinFacts(now.map((chunk) => chunk.facts));
    const signatures = this.#groups.map((group) => signature(facts, group.reads));
    return signatures.length > 0 && signatures.every((each, index) => each === known.signatures[index]) ? known : { facts, signatures };
  }

  #read(text: string): CachedChunk {
    const nothing: CachedChunk = { text, facts: noFacts, manifests: [], own: [], found: [], placed: undefined };
    // Templates are not YAML before they are rendered; guessing at them would raise false alarms.
    if (!looksLikeManifest(text) || text.includes('{{')) return nothing;
    this.work.parsed += 1;
    const document = parseDocument(text);
    const [problem] = document.problems;
    if (problem !== undefined) {
      return { ...nothing, own: [notice('unreadable', problem.span, unreadable, { problem: problem.message })] };
    }
    const manifests = manifestsOf(document.root.as<ObjectRoot>());
    return { ...nothing, facts: factsOf(manifests), manifests };
  }

  /** A chunk's findings as findings of the whole text, made anew only where it moved or a fact changed. */
  #findingsAt(chunk: CachedChunk, base: number, index: number, signatures: readonly string[], context: KubernetesContext): readonly Finding[] {
    const { placed: last } = chunk;
    if (last?.signatures === signatures && last.base === base && last.index === index) return last.findings;
    const found = [...chunk.own, ...signatures.flatMap((each, group) => this.#check(chunk, group, each, context))];
    const findings = settle(found, this.#rules.kubernetes).map((finding) => placed(finding, base, index));
    chunk.placed = { signatures, base, index, findings };
    return findings;
  }

  #check(chunk: CachedChunk, index: number, signature: string, context: KubernetesContext): readonly Finding[] {
    const group = this.#groups[index];
    if (group === undefined || chunk.manifests.length === 0) return [];
    const known = chunk.found[index];
    if (known?.signature === signature) return known.findings;
    this.work.checked += 1;
    const findings = chunk.manifests.flatMap((manifest) => runRules(group.rules, manifest, context, manifest.place));
    chunk.found[index] = { signature, findings };
    return findings;
  }
}

function nothingKnown(): Pick<YamlDocumentState, 'chunks' | 'spare' | 'known'> {
  return { chunks: [], spare: new Map(), known: { facts: noFacts, signatures: [] } };
}

interface RuleGroup {
  readonly reads: readonly FactKind[];
  readonly rules: RuleSet['kubernetes'];
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
