import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'ambassador',
  id: 'routing',
  prefix: 'ambassador-routing',
  title: { en: 'Route, retry and break circuits (Envoy)', zh: '路由、重试与熔断（Envoy）' },
  summary: {
    en: 'Decides for each request of the app where it goes, how often it is tried, and when a failing Pod is left alone.',
    zh: '决定应用的每个请求发往何处、重试几次，以及何时避开出错的 Pod。',
  },
  notWhen: {
    en: 'With a service mesh, write its routes instead. If there is one backend and no canary, the time-outs and retries of the HTTP client are enough.',
    zh: '如果集群已有服务网格，请使用它的路由规则。只有一个后端且没有灰度发布时，HTTP 客户端的超时和重试就够了。',
  },
  image: 'docker.io/envoyproxy/envoy:distroless-v1.39.1',
  source: 'public manifests that pin distroless-v1.39.1; projectcontour/contour, examples/contour',
  date: '2026-08',
  native: true,
  // The requests of the app and the admin page, both on loopback.
  alsoListens: [9000, 9901],
  meshDoes: true,
  takesOver: {
    env: ['(.*_)?(backend|upstream|service|svc|api|server)_(base_)?(url|uri|endpoint|address|addr|host|port)', '(.*_)?(backend|upstream)'],
    schemes: ['http'],
    ports: [80, 8080],
    at: 9000,
    stops: { host: 4, port: 5 },
  },
};
