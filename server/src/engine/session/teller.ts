import type { Config } from '../core/config.ts';
import type { Dockerfile } from '../dockerfile/model.ts';
import { parseDockerfile } from '../dockerfile/view.ts';
import { looksLikeManifest } from '../sniff.ts';
import { detached } from '../text/detached.ts';
import { containerFacts } from '../workspace/container-facts.ts';
import { joinFacts } from '../workspace/facts.ts';
import { type FileFacts, imageOf, told } from '../workspace/file-facts.ts';
import { imageFactsOf, longestDockerfile } from '../workspace/image-facts.ts';
import type { WorkspaceIndex } from '../workspace/workspace-index.ts';
import { documentsOf } from '../yaml/template.ts';
import { isChartTemplate, isChartTest } from './chart.ts';
import { type CachedChunk, readChunk } from './chunk.ts';
import { inStep } from './in-step.ts';
import type { DockerfileState, DocumentState, Reading, YamlState } from './states.ts';

/** How much work was done: tests hold "one edit, one document" to these numbers. */
export interface Work {
  parsed: number;
  checked: number;
}

/** Reads open documents, each text once, and tells the workspace what they say: what is unsaved beats what is on the disk. */
export class Teller {
  readonly #index: WorkspaceIndex;
  readonly #work: Work;
  readonly #configOf: (uri: string) => Config | undefined;

  constructor(index: WorkspaceIndex, work: Work, configOf: (uri: string) => Config | undefined) {
    this.#index = index;
    this.#work = work;
    this.#configOf = configOf;
  }

  /** Tells the workspace of every text that it has not heard of. Those that say how others are read come first. */
  *tell(documents: ReadonlyMap<string, DocumentState>): Generator<void, void> {
    const later: DocumentState[] = [];
    for (const document of documents.values()) {
      const way = this.#wayOf(document);
      if (document.told === way) continue;
      if (way === 'facts') later.push(document);
      else if (way === 'text') this.#index.update(document.uri, document.source.text, 'buffer');
      document.told = way === 'facts' ? undefined : way;
    }
    for (const document of later) {
      const facts = document.kind === 'yaml' ? yield* this.#streamFacts(document) : this.#imageFacts(document);
      // While others had their turn, the document may have got another text, and told that already.
      if (documents.get(document.uri) !== document) continue;
      this.#index.updateFacts(document.uri, facts, 'buffer');
      document.told = 'facts';
    }
  }

  read(document: DockerfileState): Dockerfile {
    if (document.file === undefined) {
      this.#work.parsed += 1;
      document.file = parseDockerfile(document.source.text);
    }
    return document.file;
  }

  /** The documents of a stream: those that were there before the last edit are known. */
  *readStream(document: YamlState): Generator<void, Reading> {
    const { uri, languageId, source: { text } } = document;
    const role = this.#index.kustomizeRole(uri);
    const setting = {
      workloads: this.#configOf(uri)?.workloads ?? [],
      partial: role !== undefined && role !== 'resource',
      isTest: isChartTest(uri),
      isChart: isChartTemplate(uri, text, languageId, this.#index),
    };
    const basis = JSON.stringify(setting);
    if (document.reading?.basis === basis) return document.reading;
    if (document.basis !== basis) {
      document.basis = basis;
      document.chunks = [];
      document.spare.clear();
    }
    const chunks = documentsOf(text);
    const known = inStep(document.chunks, chunks);
    const cached: CachedChunk[] = [];
    for (const [index, chunk] of chunks.entries()) {
      let same = known[index] ?? document.spare.get(chunk.text);
      if (same === undefined) {
        same = readChunk(detached(chunk.text), setting);
        if (same.document !== undefined) this.#work.parsed += 1;
        document.spare.set(same.text, same);
        yield;
      }
      cached.push(same);
    }
    document.chunks = cached;
    document.spare.clear();
    document.reading = { basis, setting, chunks, cached };
    return document.reading;
  }

  /** Manifests and Dockerfiles are read here anyway; of other files, and of patches, the workspace wants the text. */
  #wayOf({ uri, kind }: DocumentState): NonNullable<DocumentState['told']> {
    const role = this.#index.roleOf(uri);
    if (role === undefined) return 'nothing';
    const isRead = kind === 'yaml' ? role === 'manifest' && !this.#index.isPatch(uri) : role === 'dockerfile';
    return isRead ? 'facts' : 'text';
  }

  *#streamFacts(document: YamlState): Generator<void, FileFacts> {
    if (!looksLikeManifest(document.source.text)) return {};
    const { cached } = yield* this.readStream(document);
    const { parts, images: known } = document.telling;
    if (parts.length !== cached.length || cached.some(({ told }, at) => told !== parts[at])) {
      const parts = cached.map((chunk) => chunk.told);
      document.telling = { parts, facts: told(joinFacts(parts)), images: known };
    }
    const named = [...new Set(cached.flatMap((chunk) => chunk.images))];
    const isSame = named.length === known.length && named.every((image, at) => image === known[at]);
    // The very list that was told before, so that a glance tells that it is no other.
    const images = isSame ? known : named;
    document.telling = { ...document.telling, images };
    if (images.length === 0) return document.telling.facts;
    let containers: FileFacts['containers'];
    return {
      ...document.telling.facts,
      images,
      // Most files name no image that is built here, and are never asked.
      get containers() {
        return (containers ??= cached.flatMap((chunk) => containerFacts(chunk.images.length === 0 ? [] : chunk.objects)));
      },
    };
  }

  #imageFacts(document: DockerfileState): FileFacts {
    return imageOf(() => (document.source.text.length > longestDockerfile ? { stages: [] } : imageFactsOf(this.read(document))));
  }
}
