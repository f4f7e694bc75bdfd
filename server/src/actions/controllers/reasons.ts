import { message, type Message, type MessageArguments } from '../../engine/core/message.ts';

/** Why an object cannot be given another controller. */
const texts = {
  labels: {
    en: 'Nothing shows all labels of the Pods here, so no selector can be made from them. Convert "{name}" by hand.',
    zh: '此处无法确定 Pod 的全部标签，因此无法据此生成选择器。请手动转换“{name}”。',
  },
  name: {
    en: 'The name of this Pod is computed, so no label can be made from it. Give the Pod labels first.',
    zh: '此 Pod 的名称由模板计算得出，无法据此生成标签。请先为 Pod 添加标签。',
  },
} as const;

export function reason(key: keyof typeof texts, args: MessageArguments = {}): Message {
  return message(texts[key], args);
}
