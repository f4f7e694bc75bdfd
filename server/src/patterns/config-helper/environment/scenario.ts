import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'config-helper',
  id: 'environment',
  prefix: 'config-env',
  title: { en: 'Change environment variables (envconsul)', zh: '动态更新环境变量（envconsul）' },
  summary: {
    en: 'Starts the app with environment variables from Consul, and starts it anew, in its own container, when they change.',
    zh: '用 Consul 中的值作为环境变量启动应用，值变化时在原容器内重启应用。',
  },
  notWhen: {
    en: 'If a rollout for each change is fine, annotate the workload for Reloader and take the variables from a ConfigMap. If the app can read files again, bring it a file instead.',
    zh: '如果可以接受每次变更都滚动更新，请使用 Reloader 注解，并从 ConfigMap 读取变量。如果应用能重新读取文件，改用文件。',
  },
  image: 'docker.io/hashicorp/envconsul:0.13.3',
  source: 'hashicorp/envconsul, releases',
  date: '2026-08',
  native: false,
};
