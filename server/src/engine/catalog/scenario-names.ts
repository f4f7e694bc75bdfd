import type { Text } from '../core/message.ts';
import type { Scenario } from './helper-images.ts';

/** What people call the patterns. */
export const patternNames = {
  sidecar: { en: 'Sidecar', zh: '边车' },
  ambassador: { en: 'Ambassador', zh: '大使' },
  adapter: { en: 'Adapter', zh: '适配器' },
  'config-helper': { en: 'Config helper', zh: '配置助手' },
} as const satisfies Readonly<Record<string, Text>>;

/** What people call their scenarios. */
export const scenarioNames: Readonly<Record<Scenario, Text>> = {
  'sidecar/log-shipping': { en: 'log shipping', zh: '日志采集与转发' },
  'sidecar/metrics': { en: 'metrics', zh: '监控指标采集' },
  'sidecar/network-proxy': { en: 'network proxy', zh: '网络代理' },
  'sidecar/config-reload': { en: 'configuration reload', zh: '配置热加载' },
  'sidecar/security-scan': { en: 'security', zh: '安全扫描' },
  'ambassador/database-proxy': { en: 'database proxy', zh: '数据库连接代理' },
  'ambassador/external-api': { en: 'access to an external API', zh: '外部 API 访问代理' },
  'ambassador/discovery': { en: 'discovery and load balancing', zh: '服务发现与负载均衡' },
  'ambassador/connection-pool': { en: 'connection pool', zh: '连接池管理' },
  'ambassador/routing': { en: 'routing and circuit breaking', zh: '请求路由与熔断' },
  'ambassador/rate-limit': { en: 'rate limiting', zh: '限流' },
  'adapter/metrics-format': { en: 'metrics format', zh: '监控指标格式转换' },
  'adapter/log-format': { en: 'log format', zh: '日志格式统一' },
  'adapter/protocol': { en: 'protocol', zh: '协议转换' },
  'adapter/data-format': { en: 'data format', zh: '数据格式适配' },
  'config-helper/config-centre': { en: 'configuration from a centre', zh: '从配置中心拉取配置' },
  'config-helper/secrets': { en: 'secrets and their rotation', zh: '密钥管理与轮换' },
  'config-helper/environment': { en: 'dynamic environment', zh: '环境变量动态更新' },
  'config-helper/file-reload': { en: 'file reload', zh: '配置文件热更新' },
};
