import { type Fix, type FixOutcome, refused } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import type { Manifest } from '../../../engine/kubernetes/manifest.ts';
import type { ContainerSpec } from '../../../engine/kubernetes/types.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import type { Span } from '../../../engine/text/span.ts';
import { standTogether } from '../../../engine/yaml/branches.ts';
import { hasSameValue } from '../../../engine/yaml/duplicates.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  found: {
    en: 'Another container of this Pod is called "{name}" already, so the API server refuses the object. Give each container, init containers too, a name of its own.',
    zh: '此 Pod 中已有名为“{name}”的容器，API 服务器会拒绝该对象。请为每个容器（包括初始化容器）指定不同的名称。',
  },
  first: { en: 'The first one stands here', zh: '第一个容器在此处' },
  rename: { en: 'Rename it to "{name}"', zh: '重命名为“{name}”' },
  remove: { en: 'Remove this copy', zh: '删除此副本' },
  referred: {
    en: 'Something in this object refers to container "{name}", and nothing tells to which of the two. Rename one by hand.',
    zh: '此对象中有内容引用了容器“{name}”，无法判断指的是哪一个。请手动重命名其中之一。',
  },
};

/**
 * Containers, init containers and ephemeral containers share one name space.
 * Source: kubernetes/kubernetes, pkg/apis/core/validation/validation.go, validateContainers, validateInitContainers and
 * validateEphemeralContainers (field.Duplicate).
 */
export default manifestRule(
  {
    id: 'kubernetes/duplicate-container-name',
    guideline: 'validity',
    title: { en: 'Two containers of a Pod have the same name.', zh: '同一 Pod 中有两个容器重名。' },
    severities: ['error'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    if (manifest.partial) return;
    for (const workload of manifest.workloads.filter(({ isPodSpec }) => isPodSpec)) {
      const seen = new Map<string, Container>();
      let count = 0;
      for (const container of workload.containers) {
        const { name, field } = container;
        const first = seen.get(name);
        if (name === '' || first === undefined) {
          seen.set(name, container);
          continue;
        }
        // In a template only one of two branches is there.
        if (!standTogether(first.field, field)) continue;
        yield {
          span: nameSpan(field),
          place: `${manifest.place}:${workload.podSpec.path}:${name}`,
          severity: 'error',
          message: message(texts.found, { name }),
          fixes: fixesOf(manifest, workload, first, container, count),
          related: [{ span: nameSpan(first.field), message: message(texts.first) }],
        };
        count += 1;
      }
    }
  },
);

/** The name; the alias itself where an alias brings the container, because the name stands with the other one. */
function nameSpan(field: Field<ContainerSpec>): Span {
  const name = field.get('name').span;
  const own = field.valueSpan;
  return own === undefined || (own.start <= name.start && name.end <= own.end) ? name : field.span;
}

function fixesOf(manifest: Manifest, workload: Workload, first: Container, container: Container, before: number): readonly Fix[] {
  const { field, name } = container;
  const other = freeName(workload, name, before);
  const rename = (): FixOutcome => (isReferredTo(manifest.root, name) ? refused(message(texts.referred, { name })) : set(field.get('name'), other));
  const fixes: Fix[] = [{ key: 'rename', title: message(texts.rename, { name: other }), safety: 'suggestion', outcome: rename }];
  return hasSameValue(first.field, field) && first.role === container.role ? [{ key: 'remove-copy', title: message(texts.remove), safety: 'suggestion', outcome: () => remove(field) }, ...fixes] : fixes;
}

/** `name-2`, or the next number that no container has; at most 63 characters (DNS label). `before`: as many were given away. */
function freeName({ containers }: Workload, name: string, before: number): string {
  const taken = new Set(containers.map((container) => container.name));
  const candidates = Array.from({ length: containers.length + before + 1 }, (_, index) => `${name.slice(0, 59)}-${String(index + 2)}`);
  return candidates.filter((candidate) => !taken.has(candidate))[before] ?? name;
}

/** By a resource field (`containerName`), or by an annotation: `kubectl.kubernetes.io/default-container` and the like. */
function isReferredTo(field: Field, name: string): boolean {
  const annotations = field.key === 'annotations' ? field.keys().some((key) => key.endsWith(`/${name}`) || field.at(key).text === name) : false;
  if (annotations || (field.key === 'containerName' && field.text === name)) return true;
  return [...field.items(), ...field.keys().map((key) => field.at(key))].some((child) => isReferredTo(child, name));
}
