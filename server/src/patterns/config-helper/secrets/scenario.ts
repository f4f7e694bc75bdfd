import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'config-helper',
  id: 'secrets',
  prefix: 'config-vault',
  title: { en: 'Fetch and rotate secrets (Vault Agent)', zh: '获取并轮换密钥（Vault Agent）' },
  summary: {
    en: 'Logs in to Vault as the Pod, writes the secrets into memory before the app starts, and renews them while it runs.',
    zh: '以 Pod 身份登录 Vault，在应用启动前把密钥写入内存，运行期间自动续期。',
  },
  notWhen: {
    en: 'Where secrets hardly change, the External Secrets Operator makes them Kubernetes Secrets without a container in each Pod. Where the Vault injector or the CSI driver is installed, let that do it.',
    zh: '如果密钥很少变化，External Secrets Operator 可以把它们同步为 Kubernetes Secret，无需在每个 Pod 中增加容器。已安装 Vault 注入器或 CSI 驱动时，请使用它们。',
  },
  image: 'docker.io/hashicorp/vault:2.0.4',
  source: 'hashicorp/vault, releases',
  date: '2026-08',
  native: true,
};
