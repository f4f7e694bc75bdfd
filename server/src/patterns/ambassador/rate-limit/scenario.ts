import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'ambassador',
  id: 'rate-limit',
  prefix: 'ambassador-rate-limit',
  title: { en: 'Limit the rate of calls to an API (Envoy)', zh: '限制调用 API 的速率（Envoy）' },
  summary: {
    en: 'Lets so many calls a second through to an API, and answers the others with 429 before they cost anything.',
    zh: '每秒只放行一定数量的 API 调用，其余在产生费用之前就以 429 拒绝。',
  },
  notWhen: {
    en: 'For one limit over all replicas, a rate limit service or an egress gateway has to count. To bound what comes to the app itself, see the network proxy of the sidecar pattern.',
    zh: '需要所有副本共用一个限额时，应由限流服务或出口网关统一计数。要限制进入应用的请求，请看 sidecar 模式的网络代理。',
  },
  image: 'docker.io/envoyproxy/envoy:distroless-v1.39.1',
  source: 'public manifests that pin distroless-v1.39.1; projectcontour/contour, examples/contour',
  date: '2026-08',
  native: true,
  // The calls of the app and the admin page, both on loopback.
  alsoListens: [9070, 9901],
  takesOver: {
    env: ['(.*_)?(api|endpoint|service|partner|upstream|backend)_(base_)?(url|uri|endpoint|address|base)', '(.*_)?(base|endpoint)_(url|uri)'],
    schemes: ['https'],
    ports: [443],
    at: 9070,
    scheme: 'http',
    stops: { host: 4, port: 5 },
  },
};
