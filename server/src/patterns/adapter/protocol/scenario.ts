import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'adapter',
  id: 'protocol',
  prefix: 'adapter-grpc',
  title: { en: 'HTTP and JSON to gRPC (Envoy)', zh: 'HTTP/JSON 转 gRPC（Envoy）' },
  summary: {
    en: 'Takes HTTP requests with JSON, calls the gRPC app, and answers with JSON.',
    zh: '接收 HTTP/JSON 请求，调用 gRPC 应用，再以 JSON 返回结果。',
  },
  notWhen: {
    en: 'If all clients can speak gRPC, or the gateway of the cluster can translate for all apps, leave it out. An API for the public deserves an implementation of its own.',
    zh: '如果所有客户端都能使用 gRPC，或者集群网关可以统一转换，就不需要它。面向公众的 API 值得单独实现。',
  },
  image: 'docker.io/envoyproxy/envoy:distroless-v1.39.1',
  source: 'public manifests that pin distroless-v1.39.1; projectcontour/contour, examples/contour',
  date: '2026-08',
  native: true,
  // The admin page, on loopback.
  alsoListens: [9901],
};
