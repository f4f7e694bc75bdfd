import { otherHandlers } from '../../../actions/other-handler.ts';
import { isShellLess } from '../../../engine/catalog/shell-less.ts';
import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { hookSeconds } from '../../../engine/kubernetes/pre-stop.ts';
import { probeKeys } from '../../../engine/kubernetes/probes.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: 'The {asker} of "{name}" runs {program}, and {image} holds no such program: it fails each time.',
    zh: '“{name}”的 {asker} 会执行 {program}，而 {image} 中没有这个程序，每次都会失败。',
  },
  sleep: { en: 'Let the kubelet sleep {seconds} s', zh: '由 kubelet 等待 {seconds} 秒' },
};

/** Shells, and what lies beside them in images of a distribution. */
const tools = /^(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?(?:sh|bash|ash|dash|busybox|env|curl|wget|nc|ncat|cat|test|\[|ls|grep|pgrep|pidof|ps|stat|true|echo|sleep|kill|pkill|rm|touch|timeout|find)$/;

/** Commands of probes and hooks run inside the container. Source: pkg/kubelet/prober, execProbe; the images: `catalog/shell-less.ts`. */
export default containerRule(
  {
    id: 'kubernetes/exec-probe-without-shell',
    guideline: 'readiness',
    title: { en: 'A probe or hook runs a program that the image does not hold.', zh: '探针或钩子要执行的程序在镜像中不存在。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['kubernetes/sidecar-stops-too-early'],
    mayReveal: ['kubernetes/readiness-orders-nothing'],
  },
  function* ({ manifest, container }, { version }) {
    const { field, image, title: name, role } = container;
    if (image === undefined || role === 'init' || role === 'ephemeral' || !isShellLess(image)) return;
    // Tools may be put there by a volume.
    const mounts = field.get('volumeMounts').items().map((item) => item.get('mountPath').text ?? '');
    for (const asker of [...probeKeys, 'postStart', 'preStop'] as const) {
      const holder = asker === 'postStart' || asker === 'preStop' ? field.at('lifecycle', asker) : field.get(asker);
      const command = holder.at('exec', 'command');
      const [first] = command.items();
      const program = first?.text;
      if (first === undefined || program === undefined || !tools.test(program) || mounts.some((path) => program.startsWith(`${path}/`) || path === '/bin' || path === '/usr/bin')) continue;
      const seconds = asker === 'preStop' && supports(version, 'sleepAction') ? hookSeconds(holder) : 0;
      const sleeps: Fix[] = seconds === 0 ? [] : [{ key: 'sleep', title: message(texts.sleep, { seconds }), safety: 'suggestion', outcome: () => set(holder, { sleep: { seconds } }) }];
      yield {
        span: first.span,
        place: `${manifest.place}:${holder.path}`,
        severity: 'warning',
        message: message(texts.found, { name, asker, program, image: image.text }),
        fixes: asker === 'postStart' || asker === 'preStop' ? sleeps : otherHandlers(container, asker, version, ({ handler }) => handler !== 'exec'),
      };
    }
  },
);
