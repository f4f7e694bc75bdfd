import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'sidecar',
  id: 'log-shipping',
  prefix: 'sidecar-logs',
  title: { en: 'Ship log files (Fluent Bit)', zh: '收集日志文件（Fluent Bit）' },
  summary: {
    en: 'Reads the log files that the app writes into a shared volume, and sends them to Loki.',
    zh: '读取应用写入共享卷的日志文件，并发送到 Loki。',
  },
  notWhen: {
    en: 'An app that logs to stdout needs none: the log agent of the node collects that already.',
    zh: '如果应用把日志写到标准输出，就不需要它：节点上的日志代理已经在收集。',
  },
  image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.1',
  source: 'fluent/helm-charts, charts/fluent-bit/Chart.yaml, appVersion',
  date: '2026-08',
  native: true,
};
