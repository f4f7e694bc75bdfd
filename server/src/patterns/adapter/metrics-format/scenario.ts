import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'adapter',
  id: 'metrics-format',
  prefix: 'adapter-metrics',
  title: { en: 'StatsD to Prometheus (statsd_exporter)', zh: 'StatsD 转 Prometheus（statsd_exporter）' },
  summary: {
    en: 'Takes the StatsD packets that the app sends, and serves them as metrics for Prometheus.',
    zh: '接收应用发出的 StatsD 数据包，转换为 Prometheus 指标对外提供。',
  },
  notWhen: {
    en: 'If the app can be changed, a Prometheus or OpenTelemetry library is better: metrics keep their labels, and nothing is lost on the way.',
    zh: '如果可以修改应用，使用 Prometheus 或 OpenTelemetry 库更好：指标保留标签，途中也不会丢失。',
  },
  image: 'quay.io/prometheus/statsd-exporter:v0.30.0',
  source: 'prometheus/statsd_exporter, tag v0.30.0',
  date: '2026-08',
  native: true,
  // StatsD itself, on loopback.
  alsoListens: [8125],
  takesOver: {
    env: ['statsd_(host|addr|address|server|port|url)'],
    schemes: ['statsd', 'udp'],
    ports: [8125, 9125],
    at: 8125,
  },
};
