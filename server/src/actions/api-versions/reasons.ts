import { message, type Message, type MessageArguments } from '../../engine/core/message.ts';

/** Why an object cannot be moved to another API version, and what a person has to do. */
const texts = {
  labels: {
    en: 'The new version needs spec.selector, and nothing shows all labels of the Pods here. Write the selector by hand.',
    zh: '新版本要求 spec.selector，而此处无法确定 Pod 的全部标签。请手动编写选择器。',
  },
  backend: {
    en: 'The new version writes a backend as service.name and service.port, and {path} is computed or incomplete. Rewrite it by hand.',
    zh: '新版本用 service.name 和 service.port 表示后端，而 {path} 由模板计算得出或不完整。请手动改写。',
  },
  budget: {
    en: 'In policy/v1 an empty selector selects every Pod of the namespace, before it selected none. Write down which Pods are meant first.',
    zh: '在 policy/v1 中，空选择器会选中命名空间内的所有 Pod，而之前不选中任何 Pod。请先写明要选择哪些 Pod。',
  },
  metrics: {
    en: '{path} has another shape in autoscaling/v2 (metric and target). Rewrite it by hand.',
    zh: '{path} 在 autoscaling/v2 中的结构不同（metric 和 target）。请手动改写。',
  },
  sideEffects: {
    en: 'The new version needs sideEffects: None or NoneOnDryRun for each webhook, which only its author can promise. Add it to {path} first.',
    zh: '新版本要求每个 webhook 设置 sideEffects: None 或 NoneOnDryRun，只有其作者才能保证。请先在 {path} 中添加。',
  },
  signer: {
    en: 'The new version needs spec.signerName and spec.usages, and takes no legacy-unknown signer. Add them first.',
    zh: '新版本要求 spec.signerName 和 spec.usages，且不接受 legacy-unknown 签名者。请先添加。',
  },
  topology: {
    en: 'The new version has nodeName and zone in the place of {path}. Move them by hand.',
    zh: '新版本用 nodeName 和 zone 取代了 {path}。请手动迁移。',
  },
  definition: {
    en: 'In v1 each of spec.versions has its own structural schema, subresources and printer columns, and spec.version and spec.validation are gone. Rewrite it by hand, or generate it again.',
    zh: '在 v1 中，spec.versions 的每个版本都有各自的结构化模式、子资源和打印列，spec.version 和 spec.validation 已不存在。请手动改写或重新生成。',
  },
  event: {
    en: 'Events have other fields in the new version (regarding, reportingController, series). Rewrite it by hand.',
    zh: '新版本中 Event 的字段不同（regarding、reportingController、series）。请手动改写。',
  },
} as const;

export function reason(key: keyof typeof texts, args: MessageArguments = {}): Message {
  return message(texts[key], args);
}
