import { type Config, leveled, ownRules } from './core/config.ts';
import type { Finding } from './core/finding.ts';
import { ignoresAll, shiftIgnore } from './core/suppress.ts';
import { ignoresOf } from './dockerfile/ignores.ts';
import type { Manifest } from './kubernetes/manifest.ts';
import { defaultVersion, type KubernetesVersion } from './kubernetes/versions.ts';
import type { DockerfileRule, KubernetesContext, KubernetesRule, RuleSet } from './rule-kinds.ts';
import { placed, runRules, settle, type Yields, yieldsOf } from './run-rules.ts';
import { dockerfileContext, factsAround, kubernetesContext, type Place } from './session/contexts.ts';
import { finish, once } from './session/finish.ts';
import { type FilePods, podsIn } from './session/pods.ts';
import { findingsOf, groupByFacts, type RuleGroup, signatureOf } from './session/groups.ts';
import { configFindings, tooLargeDockerfile } from './session/own.ts';
import type { CachedChunk } from './session/chunk.ts';
import { type DocumentState, type DockerfileState, stateOf, type Together, type YamlState } from './session/states.ts';
import { supplier } from './session/supplier.ts';
import { Teller, type Work } from './session/teller.ts';
import { type DocumentKind, looksLikeManifest } from './sniff.ts';
import { SourceText } from './text/source.ts';
import { joinFacts } from './workspace/facts.ts';
import { longestDockerfile } from './workspace/image-facts.ts';
import { WorkspaceIndex } from './workspace/workspace-index.ts';

export type { Work };

export interface SessionOptions {
  /** Do ignore comments count? They do where nothing is said. */
  readonly inlineIgnores?: boolean;
  /** Counts for every file, instead of what `.podwright.yaml` files say. */
  readonly config?: Config;
  /** False: the workspace is asked and never told, as for a copy of a document. */
  readonly tells?: boolean;
}

/** An object of a document, and the offset of the text that its spans count from. */
export interface PlacedObject {
  readonly manifest: Manifest;
  readonly base: number;
}

/** The ids that configuration files may name, beside the product's own. */
export function ruleIds(rules: RuleSet): readonly string[] {
  return [...rules.kubernetes, ...rules.dockerfile].map(({ meta }) => meta.id);
}

/**
 * Owns the open documents and what is known about them, and tells the workspace what they say. Synchronous; the same
 * texts give the same findings. A YAML stream is kept by document: an edit parses the documents it changed and runs
 * rules on those, and on those that read a fact which the edit changed.
 */
export class Session {
  readonly work: Work = { parsed: 0, checked: 0 };
  /** What the files of the workspace tell each other. Open documents are told to it here, other files by the host. */
  readonly index: WorkspaceIndex;
  readonly #rules: RuleSet;
  readonly #options: SessionOptions;
  readonly #yaml: readonly RuleGroup<KubernetesRule>[];
  readonly #dockerfile: readonly RuleGroup<DockerfileRule>[];
  readonly #yields: Yields;
  readonly #known: ReadonlySet<string>;
  readonly #documents = new Map<string, DocumentState>();
  readonly #teller: Teller;

  constructor(rules: RuleSet, index = new WorkspaceIndex(ruleIds(rules)), options: SessionOptions = {}) {
    this.index = index;
    this.#rules = rules;
    this.#options = options;
    this.#yaml = groupByFacts(rules.kubernetes);
    this.#dockerfile = groupByFacts(rules.dockerfile);
    this.#yields = yieldsOf([...rules.kubernetes, ...rules.dockerfile]);
    this.#known = new Set([...ruleIds(rules), ...ownRules.map(({ id }) => id)]);
    this.#teller = new Teller(index, this.work, (uri) => this.#configOf(uri));
  }

  /** Another session in the same workspace, for copies of documents: the workspace does not hear of them. */
  scratch(): Session {
    return new Session(this.#rules, this.index, { ...this.#options, tells: false });
  }

  /** Another text whenever something in the workspace changed that open documents may have to be checked again for. */
  get revision(): string {
    return this.index.revision;
  }

  /**
   * Opens a document or replaces its text. Who has lines counted already gives the text with its lines.
   * @param languageId as editors name languages: `helm` makes it a template
   */
  update(uri: string, kind: DocumentKind, text: string | SourceText, languageId?: string): void {
    const old = this.#documents.get(uri);
    const source = typeof text === 'string' ? new SourceText(text) : text;
    if (old?.kind === kind && old.languageId === languageId && old.source.text === source.text) return;
    this.#documents.set(uri, stateOf(uri, kind, source, languageId, old));
  }

  close(uri: string): void {
    if (this.#documents.delete(uri) && this.#options.tells !== false) this.index.remove(uri, 'buffer');
  }

  has(uri: string): boolean {
    return this.#documents.has(uri);
  }

  text(uri: string): SourceText | undefined {
    return this.#documents.get(uri)?.source;
  }

  /** The cluster version that a file is checked for. */
  versionOf(uri: string): KubernetesVersion {
    return this.#configOf(uri)?.kubernetesVersion ?? defaultVersion;
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
    if (this.#options.tells !== false) yield* this.#teller.tell(this.#documents);
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    const { revision } = this.index;
    if (document.result?.revision === revision) return document.result.findings;
    const findings = yield* this.#findingsOf(document);
    document.result = { revision, findings };
    return findings;
  }

  /**
   * The Pod specs of a document, read like {@link lintSlices} reads it; undefined for one that is not open or not to be
   * checked.
   */
  *podsSlices(uri: string): Generator<void, FilePods | undefined> {
    if (this.#options.tells !== false) yield* this.#teller.tell(this.#documents);
    const document = this.#documents.get(uri);
    const config = this.#configOf(uri);
    if (document?.kind !== 'yaml' || config === undefined || !looksLikeManifest(document.source.text)) return undefined;
    const { chunks, cached, setting } = yield* this.#teller.readStream(document);
    const supplyTo = supplier({ uri, config, index: this.index });
    for (const chunk of cached) supplyTo(chunk, setting);
    return { version: config.kubernetesVersion, pods: podsIn(chunks, cached) };
  }

  /** The objects of a document as they are written, read in slices; none of what is not open, no manifest, or not to be checked. */
  *objectSlices(uri: string): Generator<void, readonly PlacedObject[]> {
    const document = this.#documents.get(uri);
    if (document?.kind !== 'yaml' || this.#configOf(uri) === undefined || !looksLikeManifest(document.source.text)) return [];
    const { chunks, cached } = yield* this.#teller.readStream(document);
    return cached.flatMap(({ objects }, at) => objects.map((manifest) => ({ manifest, base: chunks[at]?.start ?? 0 })));
  }

  /** The same at once, for whoever waits for the answer anyway. */
  objects(uri: string): readonly PlacedObject[] {
    const reading = this.objectSlices(uri);
    for (;;) {
      const step = reading.next();
      if (step.done === true) return step.value;
    }
  }

  *#findingsOf(document: DocumentState): Generator<void, readonly Finding[]> {
    const { uri } = document;
    if (this.index.roleOf(uri) === 'config') return configFindings(this.index.factsOf(uri)?.config?.problems ?? []);
    const config = this.#configOf(uri);
    if (config === undefined) return [];
    const place = { uri, config, index: this.index };
    return document.kind === 'yaml' ? yield* this.#lintStream(document, place) : this.#lintDockerfile(document, place);
  }

  /** What counts for a file; undefined where it is not to be checked at all. */
  #configOf(uri: string): Config | undefined {
    if (this.#options.config !== undefined) return this.#options.config;
    const { config, isIgnored } = this.index.configOf(uri);
    return isIgnored ? undefined : config;
  }

  #lintDockerfile(document: DockerfileState, place: Place): readonly Finding[] {
    const { text } = document.source;
    if (text.length > longestDockerfile) return leveled([tooLargeDockerfile(text, longestDockerfile)], place.config);
    const file = this.#teller.read(document);
    const ignores = this.#options.inlineIgnores === false ? [] : ignoresOf(file);
    if (ignoresAll(ignores)) return [];
    const found = this.#dockerfile.flatMap((group) =>
      findingsOf(document.findings, group, signatureOf(group.reads, place.index, place.config), place.config, (rules) => {
        this.work.checked += 1;
        return runRules(rules, file, dockerfileContext(group.reads, place), 'file');
      }),
    );
    return finish(once(settle(found, this.#yields)), ignores, { known: this.#known, rules: this.#rules.dockerfile, isWhole: true }, place);
  }

  *#lintStream(document: YamlState, place: Place): Generator<void, readonly Finding[]> {
    if (!looksLikeManifest(document.source.text)) return [];
    const { chunks, cached, setting } = yield* this.#teller.readStream(document);
    const ignores = this.#options.inlineIgnores === false ? [] : cached.flatMap((chunk, at) => chunk.ignores.map((ignore) => shiftIgnore(ignore, chunks[at]?.start ?? 0)));
    if (ignoresAll(ignores)) return [];
    const { facts: own, signed } = (document.together = this.#together(document, cached, place));
    const facts = factsAround(own, place);
    const contexts = this.#yaml.map(({ reads }) => kubernetesContext(reads, place, facts));
    const supplyTo = supplier(place);
    const all: Finding[] = [];
    for (const [index, chunk] of cached.entries()) {
      supplyTo(chunk, setting);
      const before = this.work.checked;
      for (const finding of this.#findingsAt(chunk, chunks[index]?.start ?? 0, index, signed, contexts, place.config)) all.push(finding);
      if (this.work.checked > before) yield;
    }
    return finish(all, ignores, { known: this.#known, rules: this.#rules.kubernetes, isWhole: cached.every(({ own }) => own.length === 0) }, place);
  }

  /** What the chunks say together; the very same as before where they say the same. */
  #together({ together }: YamlState, cached: readonly CachedChunk[], { index, config }: Place): Together {
    const { parts } = together;
    const isSame = parts.length === cached.length && cached.every((chunk, at) => chunk.facts === parts[at]);
    const now = isSame ? together : { facts: joinFacts(cached.map((chunk) => chunk.facts)), parts: cached.map((chunk) => chunk.facts) };
    const signed = this.#yaml.map(({ reads }) => signatureOf(reads, index, config, now.facts));
    const isKnown = signed.length === together.signed.length && signed.every((each, at) => each === together.signed[at]);
    return { facts: now.facts, parts: now.parts, signed: isKnown ? together.signed : signed };
  }

  /** A chunk's findings as findings of the whole text, made anew only where it moved or something they depend on changed. */
  #findingsAt(chunk: CachedChunk, base: number, index: number, signed: readonly string[], contexts: readonly KubernetesContext[], config: Config): readonly Finding[] {
    const last = chunk.placed?.signed === signed ? chunk.placed : undefined;
    if (last?.base === base && last.index === index) return last.findings;
    const settled = last?.settled ?? once(settle([...chunk.own, ...this.#found(chunk, signed, contexts, config)], this.#yields));
    const findings = settled.map((finding) => placed(finding, base, index));
    chunk.placed = { signed, base, index, settled, findings };
    return findings;
  }

  /** What the rules find in a chunk: as it is known where nothing changed that they depend on. */
  #found({ manifests, findings }: CachedChunk, signed: readonly string[], contexts: readonly KubernetesContext[], config: Config): readonly Finding[] {
    if (manifests.length === 0) return [];
    return this.#yaml.flatMap((group, at) =>
      findingsOf(findings, group, signed[at] ?? '', config, (rules) => {
        const context = contexts[at];
        this.work.checked += 1;
        return context === undefined ? [] : manifests.flatMap((manifest) => runRules(rules, manifest, context, manifest.place));
      }),
    );
  }
}
