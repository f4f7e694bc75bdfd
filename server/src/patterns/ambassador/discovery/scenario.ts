import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'ambassador',
  id: 'discovery',
  prefix: 'ambassador-discovery',
  title: { en: 'Find the Pods of a service and balance (HAProxy)', zh: '发现服务的 Pod 并均衡负载（HAProxy）' },
  summary: {
    en: 'Finds the Pods of a service through DNS, checks each of them, and shares the requests of the app out among those that answer.',
    zh: '通过 DNS 发现服务的各个 Pod，逐个检查，并把应用的请求分给可用的 Pod。',
  },
  notWhen: {
    en: 'For short requests on many connections an ordinary Service balances well enough. For gRPC, the client library or a service mesh balances without another hop.',
    zh: '如果是大量连接上的短请求，普通 Service 的均衡已经足够。对于 gRPC，客户端库或服务网格无需多一跳即可均衡。',
  },
  image: 'docker.io/library/haproxy:3.4.3-alpine',
  source: 'docker-library/official-images, library/haproxy',
  date: '2026-08',
  native: true,
  // The requests of the app, on loopback.
  alsoListens: [9000],
  meshDoes: true,
  takesOver: {
    env: ['(.*_)?(backend|upstream|service|svc|api|server)_(base_)?(url|uri|endpoint|address|addr|host|port)', '(.*_)?(backend|upstream)'],
    schemes: ['http'],
    ports: [80, 8080],
    at: 9000,
    stops: { host: 5, isQualified: true },
  },
};
