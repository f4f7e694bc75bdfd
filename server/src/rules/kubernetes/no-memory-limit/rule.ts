import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { amountsFor, writeAmounts } from '../../../engine/kubernetes/resource-edits.ts';
import { isSized, othersHave, type ResourceGaps, resourceGaps, sizedByLimit } from '../../../engine/kubernetes/resource-gaps.ts';
import { containerRule, type ContainerView } from '../../../engine/rule-kinds.ts';

const texts = {
  sized: {
    en: '"{name}" sizes itself by its memory limit ({by}) but has none, so it takes the whole node for its own. Add a memory limit.',
    zh: '“{name}”按内存限制确定自身大小（{by}），却没有设置限制，因此会把整个节点的内存当作自己的。请添加内存限制。',
  },
  limit: {
    en: 'Container "{name}" has no memory limit: a leak in it takes memory from everything on its node. Add one.',
    zh: '容器“{name}”没有内存限制，一旦内存泄漏，就会挤占节点上所有工作负载的内存。请添加内存限制。',
  },
  both: {
    en: 'Container "{name}" has no memory limit and no requests: it is placed on any node, however full, and may use up its memory. Add both.',
    zh: '容器“{name}”没有内存限制，也没有资源请求：可能被调度到任意繁忙的节点，并耗尽其内存。请两者都添加。',
  },
  cpu: {
    en: 'Container "{name}" has no CPU limit, which cpuLimits in .podwright.yaml asks for. Add one.',
    zh: '容器“{name}”没有 CPU 限制，而 .podwright.yaml 中的 cpuLimits 要求设置。请添加 CPU 限制。',
  },
  addLimit: { en: 'Add a limit: {limit}', zh: '添加限制：{limit}' },
  addBoth: { en: 'Add requests and a limit: {limit}', zh: '添加资源请求与限制：{limit}' },
};

/**
 * 80 % of the containers in public manifests have no memory limit, so that alone is a hint. It is more where amounts are
 * written and the limit was left out, and where the program takes its size from it.
 */
export default containerRule(
  {
    id: 'kubernetes/no-memory-limit',
    guideline: 'resources',
    title: { en: 'A container has no memory limit.', zh: '容器没有内存限制。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: ['limitRanges'],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (view, { environmentOf, facts, version, config }) {
    const { manifest, container } = view;
    if (!isSized(view, environmentOf(manifest))) return;
    const found = resourceGaps(view, manifest.namespace, version, facts.limitRanges);
    const gaps: ResourceGaps = { ...found, cpuLimit: found.cpuLimit && config.cpuLimits };
    if (!gaps.memoryLimit && !gaps.cpuLimit) return;
    const name = container.field.get('name');
    yield {
      span: name.present ? name.span : container.field.span,
      place: `${manifest.place}:${container.field.get('resources').path}`,
      ...weigh(view, gaps),
      fixes: [addition(view, gaps)],
    };
  },
);

function weigh(view: ContainerView, gaps: ResourceGaps): { readonly severity: Severity; readonly message: Message } {
  const { container } = view;
  const name = container.title;
  if (!gaps.memoryLimit) return { severity: 'information', message: message(texts.cpu, { name }) };
  const by = sizedByLimit(container);
  if (by !== undefined) return { severity: 'warning', message: message(texts.sized, { name, by }) };
  const isThoughtOf = container.field.get('resources').keys().length > 0 || othersHave(view, 'limits');
  const isBoth = gaps.cpuRequest && gaps.memoryRequest;
  return { severity: isThoughtOf ? 'information' : 'hint', message: message(isBoth ? texts.both : texts.limit, { name }) };
}

function addition({ container }: ContainerView, gaps: ResourceGaps): Fix {
  const amounts = amountsFor(container, gaps);
  const known = 'kind' in amounts ? [] : [amounts['limits.memory'], amounts['limits.cpu']].filter((each) => each !== undefined);
  const limit = known.length === 0 ? '…' : known.join(' + ');
  return {
    key: 'add-limit',
    title: message(gaps.cpuRequest || gaps.memoryRequest ? texts.addBoth : texts.addLimit, { limit }),
    safety: 'suggestion',
    outcome: () => ('kind' in amounts ? amounts : writeAmounts(container, amounts)),
  };
}
