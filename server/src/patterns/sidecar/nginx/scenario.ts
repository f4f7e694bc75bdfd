import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'sidecar',
  id: 'nginx',
  prefix: 'sidecar-nginx',
  title: { en: 'Reverse proxy (NGINX)', zh: '反向代理（NGINX）' },
  summary: {
    en: 'Takes the requests for the app: buffers slow clients, compresses answers, and bounds sizes and waits.',
    zh: '替应用接收请求：缓冲慢速客户端，压缩响应，限制请求体大小和等待时间。',
  },
  notWhen: {
    en: 'An ingress controller or a gateway in front does the same for all apps. Without one of its features in need, leave it out.',
    zh: '前面的 Ingress 控制器或网关可以为所有应用做同样的事。如果用不到它的任何功能，就不要加。',
  },
  image: 'nginxinc/nginx-unprivileged:1.30.4-alpine',
  source: 'nginx/docker-nginx-unprivileged, stable/alpine-slim/Dockerfile, NGINX_VERSION',
  date: '2026-08',
  native: true,
};
