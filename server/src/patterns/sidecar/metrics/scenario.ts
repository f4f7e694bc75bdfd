import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'sidecar',
  id: 'metrics',
  prefix: 'sidecar-metrics',
  title: { en: 'Export metrics (NGINX exporter)', zh: '导出监控指标（NGINX exporter）' },
  summary: {
    en: 'Reads the status page of an NGINX app on localhost, and serves it as metrics for Prometheus.',
    zh: '通过 localhost 读取 NGINX 应用的状态页，转换为 Prometheus 指标对外提供。',
  },
  notWhen: {
    en: 'An app that serves /metrics itself, or can with a library, needs none: let Prometheus scrape the app.',
    zh: '如果应用自己就提供 /metrics，或者引入一个库就能提供，就不需要它：让 Prometheus 直接抓取应用。',
  },
  image: 'nginx/nginx-prometheus-exporter:1.5.3',
  source: 'prometheus-community/helm-charts, charts/prometheus-nginx-exporter/Chart.yaml, appVersion',
  date: '2026-08',
  native: true,
};
