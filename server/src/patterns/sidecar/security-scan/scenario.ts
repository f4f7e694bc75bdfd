import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'sidecar',
  id: 'security-scan',
  prefix: 'sidecar-security-scan',
  title: { en: 'Scan uploads for malware (ClamAV)', zh: '扫描上传文件（ClamAV）' },
  summary: {
    en: 'Scans files for the app: it sends them to localhost before it stores them, and gets an answer.',
    zh: '替应用扫描文件：应用在保存文件之前，先把它发送到 localhost 并等待结果。',
  },
  notWhen: {
    en: 'It takes more than 1 GiB of memory in every Pod. With several replicas, run one ClamAV Deployment and share it. Images are scanned in CI, and running processes by a DaemonSet such as Falco.',
    zh: '它在每个 Pod 中占用超过 1 GiB 内存。副本较多时，请部署一个共享的 ClamAV Deployment。镜像扫描应放在 CI 中，运行时检测应由 Falco 之类的 DaemonSet 完成。',
  },
  image: 'docker.io/clamav/clamav:1.5.3',
  source: 'Cisco-Talos/clamav, tag clamav-1.5.3; Cisco-Talos/clamav-docker, clamav/1.5/alpine',
  date: '2026-08',
  native: true,
  // On loopback, by its configuration.
  alsoListens: [3310],
  takesOver: {
    env: ['(clamd|clamav|clam)_(host|address|port|url)'],
    schemes: ['clamd'],
    ports: [3310],
    at: 3310,
  },
};
