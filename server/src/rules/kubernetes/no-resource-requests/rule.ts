import { message } from '../../../engine/core/message.ts';
import { type Amounts, amountsFor, writeAmounts } from '../../../engine/kubernetes/resource-edits.ts';
import { isSized, othersHave, resourceGaps } from '../../../engine/kubernetes/resource-gaps.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  cpu: {
    en: 'Container "{name}" requests no CPU: the scheduler counts it as nothing, and it gets the least when its node is busy. Add a request.',
    zh: '容器“{name}”没有请求 CPU：调度器认为它不占用资源，节点繁忙时它分到的 CPU 最少。请添加请求。',
  },
  memory: {
    en: 'Container "{name}" requests no memory: the scheduler counts it as nothing, and it is among the first to go when its node runs out. Add a request.',
    zh: '容器“{name}”没有请求内存：调度器认为它不占用资源，节点内存不足时它会最先被驱逐。请添加请求。',
  },
  both: {
    en: 'Container "{name}" requests no CPU and no memory: the scheduler counts it as nothing, and places it on nodes that are full. Add requests.',
    zh: '容器“{name}”没有请求 CPU 和内存：调度器认为它不占用资源，会把它放到已满的节点上。请添加请求。',
  },
  add: { en: 'Add requests: {amounts}', zh: '添加资源请求：{amounts}' },
};

/** Most public manifests have none, so it is a hint; where amounts are written all around, it was left out by mistake. */
export default containerRule(
  {
    id: 'kubernetes/no-resource-requests',
    guideline: 'resources',
    title: { en: 'A container requests no CPU or memory.', zh: '容器没有请求 CPU 或内存。' },
    severities: ['information', 'hint'],
    fix: 'suggestion',
    reads: ['limitRanges'],
    yieldsTo: ['kubernetes/no-memory-limit'],
    mayReveal: [],
  },
  function* (view, { environmentOf, facts, version }) {
    const { manifest, container } = view;
    if (!isSized(view, environmentOf(manifest))) return;
    const gaps = resourceGaps(view, manifest.namespace, version, facts.limitRanges);
    if (!gaps.cpuRequest && !gaps.memoryRequest) return;
    const found = gaps.cpuRequest && gaps.memoryRequest ? texts.both : gaps.cpuRequest ? texts.cpu : texts.memory;
    const amounts = amountsFor(container, { ...gaps, cpuLimit: false, memoryLimit: false });
    if ('kind' in amounts) return;
    const name = container.field.get('name');
    yield {
      span: name.present ? name.span : container.field.span,
      place: `${manifest.place}:${container.field.get('resources').path}`,
      severity: container.field.get('resources').get('requests').kind === 'map' || othersHave(view, 'requests') ? 'information' : 'hint',
      message: message(found, { name: container.title }),
      fixes: [{
        key: 'add-requests',
        title: message(texts.add, { amounts: written(amounts) }),
        safety: 'suggestion',
        outcome: () => writeAmounts(container, amounts),
      }],
    };
  },
);

function written(amounts: Amounts): string {
  return [amounts['requests.cpu'], amounts['requests.memory']].filter((each) => each !== undefined).join(' + ');
}
