import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'config-helper',
  id: 'config-centre',
  prefix: 'config-consul',
  title: { en: 'Fetch configuration from a config centre (consul-template)', zh: '从配置中心拉取配置（consul-template）' },
  summary: {
    en: 'Writes the configuration file of the app from the keys of Consul before the app starts, and again whenever a key changes.',
    zh: '在应用启动前根据 Consul 中的键生成配置文件，键变化时重新生成。',
  },
  notWhen: {
    en: 'If configuration changes only with releases, a ConfigMap in the same repository is simpler, and is reviewed. If the app has a client for the config centre, it needs no file.',
    zh: '如果配置只随发布变化，放在同一仓库中的 ConfigMap 更简单，也会经过评审。如果应用自带配置中心客户端，就不需要文件。',
  },
  image: 'docker.io/hashicorp/consul-template:0.43.0',
  source: 'hashicorp/consul-template, releases',
  date: '2026-08',
  native: true,
};
