import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'adapter',
  id: 'data-format',
  prefix: 'adapter-data',
  title: { en: 'XML to JSON (Redpanda Connect)', zh: 'XML 转 JSON（Redpanda Connect）' },
  summary: {
    en: 'Takes documents as XML, hands them to the app as JSON, and answers with what the app has answered.',
    zh: '接收 XML 文档，转换为 JSON 交给应用，再把应用的响应返回给调用方。',
  },
  notWhen: {
    en: 'A few lines in the app do the same if the app can be changed. Documents that may wait belong into a queue.',
    zh: '如果可以修改应用，在应用里加几行代码就够了。可以延后处理的文档应放入消息队列。',
  },
  image: 'docker.redpanda.com/redpandadata/connect:4.104.0',
  source: 'redpanda-data/helm-charts, charts/connect/Chart.yaml, appVersion',
  date: '2026-08',
  native: true,
};
