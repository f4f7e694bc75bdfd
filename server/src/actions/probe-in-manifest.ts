import { edits, type FixOutcome, refused } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import { healthcheckProbe, type MadeImage } from '../engine/kubernetes/image-probes.ts';
import { manifestsOf } from '../engine/kubernetes/manifest.ts';
import { addReadiness } from '../engine/kubernetes/readiness.ts';
import type { ObjectRoot } from '../engine/kubernetes/types.ts';
import type { Container } from '../engine/kubernetes/workload.ts';
import { shift } from '../engine/text/span.ts';
import { containerFacts, type ContainerFact } from '../engine/workspace/container-facts.ts';
import { parseDocument } from '../engine/yaml/document.ts';
import { documentsOf } from '../engine/yaml/template.ts';

const texts = {
  changed: { en: 'Container "{name}" is no longer there, or has a probe by now.', zh: '容器“{name}”已不存在，或已有探针。' },
} satisfies Readonly<Record<string, Text>>;

/** Writes what the HEALTHCHECK of its image asks as the readinessProbe of a container that has no probe. */
export function addHealthcheckProbe(text: string, fact: ContainerFact, made: MadeImage): FixOutcome {
  for (const chunk of documentsOf(text)) {
    const container = chunk.text.includes('image') ? find(chunk.text, fact) : undefined;
    const [probe] = container === undefined ? [] : healthcheckProbe(container, made);
    if (container === undefined || probe === undefined) continue;
    const outcome = addReadiness(container, probe);
    return outcome.kind === 'refused' ? outcome : edits(outcome.edits.map((edit) => ({ ...edit, span: shift(edit.span, chunk.start) })));
  }
  return refused(message(texts.changed, { name: fact.name }));
}

function find(text: string, { place, path, image }: ContainerFact): Container | undefined {
  for (const manifest of manifestsOf(parseDocument(text).root.as<ObjectRoot>())) {
    const isThere = manifest.place === place && containerFacts([manifest]).some((each) => each.path === path && each.image === image);
    if (!isThere) continue;
    return manifest.workloads.flatMap(({ containers }) => containers).find(({ field }) => field.path === path);
  }
  return undefined;
}
