import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'config-helper',
  id: 'file-reload',
  prefix: 'config-reload',
  title: { en: 'Have the app reload its files (config-reloader)', zh: '通知应用重新加载文件（config-reloader）' },
  summary: {
    en: 'Watches the mounted configuration, and asks the app to read it again when it has changed.',
    zh: '监视挂载的配置，变化后通知应用重新读取。',
  },
  notWhen: {
    en: 'If the app watches its files itself, nothing is missing. If it cannot read them again while it runs, let Reloader or a checksum annotation replace the Pods.',
    zh: '如果应用自己会监视文件，就不需要它。如果应用运行时无法重新读取，请用 Reloader 或校验和注解触发 Pod 更新。',
  },
  image: 'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0',
  source: 'prometheus-operator/prometheus-operator, releases',
  date: '2026-08',
  native: false,
};
