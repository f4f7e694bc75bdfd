import { message, type Message, type MessageArguments, type Text } from '../../engine/core/message.ts';

/** Why a pattern is not added. */
const texts = {
  none: { en: 'There is no workload here. Put the cursor into a Deployment or another object with containers.', zh: '此处没有工作负载。请将光标放在 Deployment 或其他包含容器的对象中。' },
  partial: { en: '{name} is a patch or a fragment. Add the pattern to the whole object.', zh: '{name} 是补丁或片段，请在完整的对象中添加此模式。' },
  owned: { en: '{name} was made by a controller. Add the pattern to its owner.', zh: '{name} 由控制器创建，请在其所有者中添加此模式。' },
  custom: { en: '{name} holds no Pod spec that a container could be added to.', zh: '{name} 不包含可以添加容器的 Pod spec。' },
  noApp: { en: '{name} shows no app container that the pattern could serve.', zh: '{name} 中没有可供此模式服务的应用容器。' },
  windows: { en: 'The Pods run on Windows, and {image} is an image for Linux.', zh: 'Pod 运行在 Windows 上，而 {image} 是 Linux 镜像。' },
  hostNetwork: { en: 'The Pods use the network of their node, so the ports of {helper} would be open there.', zh: 'Pod 使用节点网络，{helper} 的端口会直接暴露在节点上。' },
  there: { en: 'Container "{container}" runs {image} already.', zh: '容器 "{container}" 已经在运行 {image}。' },
  mesh: { en: '{mesh} injects its proxy into these Pods already.', zh: '{mesh} 已经为这些 Pod 注入代理。' },
  batch: { en: 'A Job ends only with all its containers, and Kubernetes 1.{version} has no native sidecars. Target 1.29 or later.', zh: 'Job 要等所有容器结束才会完成，而 Kubernetes 1.{version} 不支持原生 sidecar。请将目标版本设为 1.29 或更高。' },
  taken: { en: 'The app mounts volume "{volume}" at {path} already, and {helper} cannot use that.', zh: '应用已在 {path} 挂载卷 "{volume}"，{helper} 无法使用它。' },
  shared: { en: 'The Pods set {field} to {value}, and {helper} needs the opposite.', zh: 'Pod 将 {field} 设为 {value}，而 {helper} 需要相反的设置。' },
  json: { en: 'The file is JSON, which has no place for a second object such as {object}.', zh: '该文件是 JSON，无法容纳 {object} 等其他对象。' },
  port: { en: 'There is no free port left for {helper}.', zh: '没有可供 {helper} 使用的空闲端口。' },
  hosts: { en: '{helper} stands in for one backend, and these settings name several: {hosts}.', zh: '{helper} 只能代理一个后端，而这些设置指向多个：{hosts}。' },
  command: { en: '{helper} has to start the app, and container "{container}" does not say what to start. Write its command first.', zh: '{helper} 需要负责启动应用，而容器 "{container}" 没有写明启动命令。请先写上 command。' },
  unknown: { en: 'There is no such pattern.', zh: '没有这样的模式。' },
} as const satisfies Readonly<Record<string, Text>>;

export function because(reason: keyof typeof texts, args: MessageArguments = {}): Message {
  return message(texts[reason], args);
}
