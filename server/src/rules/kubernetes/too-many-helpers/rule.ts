import { message } from '../../../engine/core/message.ts';
import { isOwned } from '../../../engine/kubernetes/manifest.ts';
import { isHelper, rolesOf } from '../../../engine/kubernetes/roles.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';

const texts = {
  found: {
    en: '{count} helpers run in every Pod beside the app: {names}. Each takes memory, starts and fails; what the node or the cluster can do for all does not belong here.',
    zh: '每个 Pod 中除应用外还运行 {count} 个辅助容器：{names}。每个都占用内存、需要启动、可能出错；节点或集群能统一完成的工作不应放在这里。',
  },
};

/** Three have their place: a proxy, the logs, the metrics. */
const enough = 3;

export default manifestRule(
  {
    id: 'kubernetes/too-many-helpers',
    guideline: 'patterns',
    title: { en: 'More than three helpers run beside the app.', zh: '应用旁运行的辅助容器超过三个。' },
    severities: ['hint'],
    fix: 'none',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    if (manifest.partial || isOwned(manifest)) return;
    for (const workload of manifest.workloads) {
      const helpers = rolesOf(workload).filter((role) => isHelper(role) && (role.container.role === 'app' || role.container.role === 'sidecar'));
      if (helpers.length <= enough) continue;
      const list = workload.podSpec.get('containers');
      yield {
        span: list.keySpan ?? list.span,
        place: `${manifest.place}:${workload.podSpec.path}`,
        severity: 'hint',
        message: message(texts.found, { count: helpers.length, names: helpers.map(({ container }) => container.title).join(', ') }),
        fixes: [],
      };
    }
  },
);
