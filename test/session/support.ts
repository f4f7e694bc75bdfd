/** Rules and texts that show what the session does, and a workspace to do it in. */
import type { Finding } from '../../server/src/engine/core/finding.ts';
import { edits } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import { type DockerfileRule, dockerfileRule, type KubernetesContext, type KubernetesRule, manifestRule } from '../../server/src/engine/rule-kinds.ts';
import { ruleIds, Session, type SessionOptions } from '../../server/src/engine/session.ts';
import { kindOf } from '../../server/src/engine/sniff.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';
import { fewRules } from '../few-rules.ts';

const title = { en: 'T.', zh: '题。' };

export function meta(id: string, extra: Partial<RuleMeta> = {}): RuleMeta {
  return { id, guideline: 'validity', title, severities: ['warning'], fix: 'none', reads: [], yieldsTo: [], mayReveal: [], ...extra };
}

/** Points at the kind of every object, and says what `say` says. */
export function onKind(id: string, extra: Partial<RuleMeta> = {}, say: (context: KubernetesContext) => string = () => ''): KubernetesRule {
  return manifestRule(meta(id, extra), function* (manifest, context) {
    const { span } = manifest.root.get('kind');
    yield {
      span, place: manifest.place, severity: 'warning', message: message({ en: '{said}', zh: '：{said}' }, { said: say(context) }),
      fixes: [{ key: 'k', title: message(title), safety: 'safe', outcome: () => edits([{ span, newText: 'X' }]) }],
    };
  });
}

/** Points at every FROM. */
export function onFrom(id: string, extra: Partial<RuleMeta> = {}): DockerfileRule {
  return dockerfileRule(meta(id, extra), function* (file, context) {
    const said = extra.reads?.includes('build') === true ? context.build.names().join() : '';
    for (const { from } of file.stages) yield { span: from.imageSpan, place: 'from', severity: 'warning', message: message({ en: '{said}', zh: '：{said}' }, { said }) };
  });
}

export interface Workspace {
  readonly index: WorkspaceIndex;
  readonly session: Session;
  /** What stands on the disk, from now on. */
  readonly disk: (files: Readonly<Record<string, string>>) => void;
  /** Opens a document or types into it. */
  readonly open: (path: string, text: string, languageId?: string) => void;
  /** `rule severity place`, in order. */
  readonly shown: (path: string) => readonly string[];
  readonly lint: (path: string) => readonly Finding[];
}

/** A workspace in `/r`, with the product's rules about probes where no others are given. */
export function workspace(set = fewRules, options: SessionOptions = {}): Workspace {
  const index = new WorkspaceIndex(ruleIds(set));
  index.setRoots(['/r']);
  const session = new Session(set, index, options);
  return {
    index,
    session,
    disk: (files) => {
      for (const [path, text] of Object.entries(files)) index.update(path, text, 'disk');
      index.setListed('/r');
    },
    open: (path, text, languageId) => {
      session.update(path, kindOf(path, languageId) ?? 'yaml', text, languageId);
    },
    lint: (path) => session.lint(path),
    shown: (path) => session.lint(path).map(({ rule, severity, place }) => `${rule} ${severity} ${place}`),
  };
}

export const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;

export const service = (name: string, namespace = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${namespace === '' ? '' : `  namespace: ${namespace}\n`}spec:\n  selector: {app: web}\n  ports: [{port: 80}]\n`;

/** A Deployment `web` whose container `app` serves port 80 and has these further lines. */
export const deployment = (container = '', metadata = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web${metadata}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: web:1
        ports: [{containerPort: 80}]
${container}`;

export const noProbe = 'kubernetes/no-readiness-probe';
