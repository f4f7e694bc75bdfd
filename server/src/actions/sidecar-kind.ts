import { message, type Message } from '../engine/core/message.ts';
import type { FixOutcome } from '../engine/core/finding.ts';
import { manifestsOf } from '../engine/kubernetes/manifest.ts';
import type { ObjectRoot } from '../engine/kubernetes/types.ts';
import type { Container, Workload } from '../engine/kubernetes/workload.ts';
import { looksLikeManifest, type DocumentKind } from '../engine/sniff.ts';
import type { SourceText } from '../engine/text/source.ts';
import { shift, type Span, touches } from '../engine/text/span.ts';
import { parseDocument } from '../engine/yaml/document.ts';
import { splitStream } from '../engine/yaml/stream.ts';
import { toNativeSidecar, toOrdinaryContainer } from './native-sidecar.ts';
import type { Rewrite } from './rewrites.ts';

const native = { en: 'Convert "{name}" to a native sidecar (Kubernetes 1.29 or later)', zh: '将“{name}”改为原生边车容器（Kubernetes 1.29 或更高版本）' };
const ordinary = { en: 'Convert "{name}" to an ordinary container', zh: '将“{name}”改为普通容器' };

/**
 * Makes one of several containers a native sidecar, and a native sidecar an ordinary container. Offered on the container's name.
 * Which of them starts first and which keeps a Job alive changes with it: that is what it is for.
 */
export const sidecarKind = {
  kind: 'refactor.rewrite',
  *at(kind: DocumentKind, source: SourceText, span: Span): Generator<Rewrite> {
    if (kind !== 'yaml') return;
    const chunk = splitStream(source.text).findLast(({ start }) => start <= span.start);
    if (chunk === undefined || !looksLikeManifest(chunk.text)) return;
    const at = shift(span, -chunk.start);
    const { root } = parseDocument(chunk.text);
    for (const { workload, container } of manifestsOf(root.as<ObjectRoot>()).flatMap(({ workloads }) => workloads).flatMap(containersOf)) {
      const name = container.field.get('name');
      if (!name.present || !touches({ start: (name.keySpan ?? name.span).start, end: name.span.end }, at)) continue;
      const change = conversion(workload, container);
      if (change === undefined) continue;
      const outcome = change.outcome();
      if (outcome.kind !== 'edits') continue;
      yield { title: change.title, edits: outcome.edits.map((edit) => ({ ...edit, span: shift(edit.span, chunk.start) })) };
    }
  },
};

function containersOf(workload: Workload): readonly { readonly workload: Workload; readonly container: Container }[] {
  return workload.isPodSpec ? workload.containers.map((container) => ({ workload, container })) : [];
}

function conversion(workload: Workload, container: Container): { readonly title: Message; readonly outcome: () => FixOutcome } | undefined {
  const { title: name, role } = container;
  if (role === 'sidecar') return { title: message(ordinary, { name }), outcome: () => toOrdinaryContainer(workload, container) };
  const others = workload.containers.filter((each) => each.role === 'app' && each.field !== container.field);
  return role === 'app' && others.length > 0 ? { title: message(native, { name }), outcome: () => toNativeSidecar(workload, container) } : undefined;
}
