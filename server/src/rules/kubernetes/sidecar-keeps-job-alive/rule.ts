import { bestGate } from '../../../actions/add-startup-probe.ts';
import { toNativeSidecar } from '../../../actions/native-sidecar.ts';
import { message } from '../../../engine/core/message.ts';
import { commandLine } from '../../../engine/kubernetes/command-line.ts';
import { isHelper, roleOf } from '../../../engine/kubernetes/roles.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  native: {
    en: 'The Job does not complete when "{app}" has ended, because "{name}" runs on. Make it a native sidecar, which ends with the others.',
    zh: '“{app}”结束后 Job 仍不会完成，因为“{name}”还在运行。请将其改为原生边车容器，它会随其他容器一起结束。',
  },
  older: {
    en: 'The Job does not complete when "{app}" has ended, because "{name}" runs on. Let "{app}" tell it to end.',
    zh: '“{app}”结束后 Job 仍不会完成，因为“{name}”还在运行。请让“{app}”通知它结束。',
  },
  fix: { en: 'Convert "{name}" to a native sidecar', zh: '将“{name}”改为原生边车容器' },
};

/** Somebody ends the helper, or it ends by itself. */
const ends = /quitquitquit|\/(?:shutdown|quit|exit|stop)\b|shutdown|\bp?kill(?:all)?\b|\btimeout\b|\btest -[fe]\b|\[ *-[fe]|\bbreak\b|\bexit\b|one-?time|\bonce\b|max-?(?:run|life)time|--exit/i;
/** A script that goes on for ever. */
const endless = /\btail\s+(?:-\S+\s+)*-\w*[fF]|\bsleep\s+inf|\bwhile\s+(?:true|:|\[ 1 \])\s*;/;
/** Their injectors know about Jobs, or their users have been told. */
const injected = /^(?:istio-proxy|linkerd-proxy|linkerd-debug|daprd|consul-dataplane|vault-agent)$/;

/** A Job is complete when all its ordinary containers have ended; native sidecars are told to end then. Source: KEP-753. */
export default containerRule(
  {
    id: 'kubernetes/sidecar-keeps-job-alive',
    guideline: 'patterns',
    title: { en: 'A helper that never ends keeps a Job from completing.', zh: '不会结束的辅助容器使 Job 无法完成。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-start-not-gated', 'kubernetes/readiness-orders-nothing'],
  },
  function* ({ manifest, workload, container }, { version, builtImage }) {
    if (container.role !== 'app' || !isJob(workload) || injected.test(container.name)) return;
    const apps = workload.containers.filter(({ role }) => role === 'app');
    if (apps.length < 2 || !runsOn(workload, container)) return;
    const app = apps.find((each) => each.field !== container.field && !runsOn(workload, each));
    if (app === undefined || apps.some((each) => ends.test(commandLine(each)))) return;
    const { field, title: name } = container;
    const isNative = supports(version, 'nativeSidecar');
    const image = field.get('image').text;
    const gate = isNative ? bestGate(container, version, image === undefined ? undefined : builtImage(image)?.stage) : undefined;
    const span = field.get('name');
    yield {
      span: span.present ? span.span : field.span,
      place: `${manifest.place}:${field.path}`,
      severity: 'warning',
      message: message(isNative ? texts.native : texts.older, { name, app: app.title }),
      fixes: isNative ? [{ key: 'convert', title: message(texts.fix, { name }), safety: 'suggestion', outcome: () => toNativeSidecar(workload, container, gate) }] : [],
    };
  },
);

function isJob({ definition, custom }: Workload): boolean {
  return definition === undefined ? custom?.isJob === true : definition.flavour === 'batch';
}

function runsOn(workload: Workload, container: Container): boolean {
  return isHelper(roleOf(workload, container)) || endless.test(commandLine(container));
}
