import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'ambassador',
  id: 'external-api',
  prefix: 'ambassador-api',
  title: { en: 'Call an external API (NGINX)', zh: '访问外部 API（NGINX）' },
  summary: {
    en: 'Calls a remote API for the app: adds TLS and the token, and limits time, tries and connections.',
    zh: '替应用调用外部 API：加上 TLS 和令牌，并限制时间、重试次数和连接数。',
  },
  notWhen: {
    en: 'If one app calls one API and its HTTP client has time-outs and retries, a few lines there do the same. For one token and one limit across many apps, use an egress gateway.',
    zh: '如果只有一个应用调用一个 API，而它的 HTTP 客户端支持超时和重试，在那里写几行就够了。多个应用共用令牌和限额时，请使用出口网关。',
  },
  image: 'nginxinc/nginx-unprivileged:1.30.4-alpine',
  source: 'nginx/docker-nginx-unprivileged, releases',
  date: '2026-08',
  native: true,
  // The calls of the app, on loopback.
  alsoListens: [9080],
  takesOver: {
    env: ['(.*_)?(api|endpoint|service|partner|upstream|backend)_(base_)?(url|uri|endpoint|address|base)', '(.*_)?(base|endpoint)_(url|uri)'],
    schemes: ['https'],
    ports: [443],
    at: 9080,
    scheme: 'http',
    stops: { host: 4, port: 5 },
  },
};
