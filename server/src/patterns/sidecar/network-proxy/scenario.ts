import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'sidecar',
  id: 'network-proxy',
  prefix: 'sidecar-proxy',
  title: { en: 'Proxy and bound the traffic (Envoy)', zh: '代理并限制流量（Envoy）' },
  summary: {
    en: 'Takes the requests for the app, and bounds their number, duration and connections before they reach it.',
    zh: '替应用接收请求，在到达应用之前限制请求速率、时长和连接数。',
  },
  notWhen: {
    en: 'With a service mesh, let the mesh inject its proxy. For TLS and routes alone, the ingress or gateway of the cluster is enough.',
    zh: '如果集群已有服务网格，让它注入自己的代理。如果只需要 TLS 和路由，集群的 Ingress 或网关就够了。',
  },
  image: 'docker.io/envoyproxy/envoy:distroless-v1.39.1',
  source: 'public manifests that pin distroless-v1.39.1; projectcontour/contour, examples/contour',
  date: '2026-08',
  native: true,
  // The admin page, on loopback.
  alsoListens: [9901],
  meshDoes: true,
};
