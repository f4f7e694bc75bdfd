import type { ImageRef } from '../engine/catalog/image-ref.ts';
import { message } from '../engine/core/message.ts';
import { imageUses } from '../engine/kubernetes/image-uses.ts';
import { manifestsOf } from '../engine/kubernetes/manifest.ts';
import type { ObjectRoot } from '../engine/kubernetes/types.ts';
import { looksLikeManifest, type DocumentKind } from '../engine/sniff.ts';
import type { SourceText } from '../engine/text/source.ts';
import { shift, type Span, touches } from '../engine/text/span.ts';
import { parseDocument } from '../engine/yaml/document.ts';
import { set } from '../engine/yaml/edit.ts';
import { splitStream } from '../engine/yaml/stream.ts';
import type { Rewrite } from './rewrites.ts';

const explicit = { en: 'Write {key}: {policy}, which is the default here', zh: '写明此处的默认值 {key}: {policy}' };

/**
 * What the API server fills in for a policy that is not written.
 * Source: kubernetes/kubernetes, pkg/apis/core/v1/defaults.go, and pkg/util/parsers: a tag counts beside a digest, too.
 */
function defaultPolicy({ tag, digest }: ImageRef): string {
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
}

/** Writes the default that counts for an image, on the line of the image: then it stays when the tag changes. */
export const explicitPullPolicy = {
  kind: 'refactor.rewrite',
  *at(kind: DocumentKind, source: SourceText, span: Span): Generator<Rewrite> {
    if (kind !== 'yaml') return;
    const chunk = splitStream(source.text).findLast(({ start }) => start <= span.start);
    if (chunk === undefined || !looksLikeManifest(chunk.text)) return;
    const at = shift(span, -chunk.start);
    const { root } = parseDocument(chunk.text);
    for (const use of manifestsOf(root.as<ObjectRoot>()).flatMap(({ workloads }) => workloads).flatMap(imageUses)) {
      if (!use.policy.absent || use.image.borrowed || !touches(use.image.span, at)) continue;
      const policy = defaultPolicy(use.ref);
      const outcome = set(use.policy, policy, { after: ['image', 'reference'] });
      if (outcome.kind !== 'edits') continue;
      const edits = outcome.edits.map((edit) => ({ ...edit, span: shift(edit.span, chunk.start) }));
      yield { title: message(explicit, { key: String(use.policy.key), policy }), edits };
    }
  },
};
