import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'sidecar',
  id: 'config-reload',
  prefix: 'sidecar-config-reload',
  title: { en: 'Reload configuration (k8s-sidecar)', zh: '配置热更新（k8s-sidecar）' },
  summary: {
    en: 'Copies all ConfigMaps with a label into a folder of the app, keeps them up to date, and tells the app to reload.',
    zh: '把带有指定标签的所有 ConfigMap 复制到应用的目录，持续保持最新，并通知应用重新加载。',
  },
  notWhen: {
    en: 'For one ConfigMap that is known by name, mount it: the kubelet keeps it up to date. An app that reads it once at its start is better restarted.',
    zh: '如果只有一个名称已知的 ConfigMap，直接挂载即可：kubelet 会更新它。如果应用只在启动时读取配置，更适合重启应用。',
  },
  image: 'ghcr.io/kiwigrid/k8s-sidecar:2.10.1',
  source: 'kiwigrid/k8s-sidecar, tag 2.10.1',
  date: '2026-08',
  native: true,
};
