import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'adapter',
  id: 'log-format',
  prefix: 'adapter-logs',
  title: { en: 'Text log to JSON (Vector)', zh: '文本日志转 JSON（Vector）' },
  summary: {
    en: 'Rewrites the text log of the app as one JSON object a line, on stdout, where the log agent of the node takes it.',
    zh: '把应用的文本日志改写为每行一个 JSON 对象，写到标准输出，由节点上的日志代理收集。',
  },
  notWhen: {
    en: 'An app whose logger can write JSON needs none. If the log agent of the node can parse the lines, let it do so once for all Pods.',
    zh: '如果应用的日志库可以输出 JSON，就不需要它。如果节点上的日志代理能够解析这些日志，让它为所有 Pod 统一处理。',
  },
  image: 'docker.io/timberio/vector:0.56.0-distroless-libc',
  source: 'vectordotdev/helm-charts, charts/vector/Chart.yaml, appVersion',
  date: '2026-08',
  native: true,
};
