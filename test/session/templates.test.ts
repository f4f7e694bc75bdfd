import { describe, expect, it } from 'vitest';
import { render } from '../../server/src/engine/core/message.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { deployment, noProbe, service, workspace } from './support.ts';

const file = '/r/chart/templates/web.yaml';
const values = '        resources: {{- toYaml .Values.resources | nindent 10 }}\n';
const template = deployment(values).replace('name: web', 'name: {{ include "web.fullname" . }}').replace('image: web:1', 'image: "{{ .Values.image }}:{{ .Values.tag }}"');
const place = '0:Deployment/?:spec.template.spec.containers[0].readinessProbe';

describe('a template of a Helm chart', () => {
  it('is checked, and repaired in its own text', () => {
    const { open, lint, shown } = workspace();
    open(file, template);
    expect(shown(file)).toEqual([`${noProbe} information ${place}`]);
    const outcome = lint(file)[0]?.fixes[0]?.outcome();
    expect(outcome?.kind).toBe('edits');
    if (outcome?.kind !== 'edits') return;
    const repaired = applyEdits(template, outcome.edits);
    expect(repaired.replace(/ {8}readinessProbe:\n(?: {10}.*\n)+/, '')).toBe(template);
    open(file, repaired);
    expect(shown(file)).toEqual([]);
  });

  it.each([
    ['by its Chart.yaml', file, undefined, true],
    ['by its language', '/r/elsewhere/web.yaml', 'helm', true],
    ['by its folder and its words', '/r/x/templates/web.yaml', undefined, false],
  ])('is known %s', (_, path, language, hasChart) => {
    const { index, open, lint } = workspace();
    if (hasChart) index.note('/r/chart/Chart.yaml');
    // As YAML this is valid: the braces are maps in maps.
    open(path, deployment('        readinessProbe: {{ .Values.probe }}\n        livenessProbe: {{ .Values.probe }}\n'), language);
    expect(lint(path)).toEqual([]);
    open(path, deployment('        livenessProbe: {{ .Values.probe }}\n'), language);
    expect(lint(path).flatMap(({ fixes }) => fixes.map(({ key }) => key))).not.toContain('add-copied');
  });

  it('becomes one when its Chart.yaml is found', () => {
    const { index, open, session } = workspace();
    open(file, deployment('        livenessProbe: {{ $probe }}\n'));
    session.lint(file);
    const { parsed } = session.work;
    index.note('/r/chart/Chart.yaml');
    session.lint(file);
    expect(session.work.parsed).toBe(parsed + 1);
  });

  it('may be given a probe by its values', () => {
    const { open, shown } = workspace();
    open(file, deployment('        {{- with .Values.probes }}\n        {{- toYaml . | nindent 8 }}\n        {{- end }}\n'));
    expect(shown(file)).toEqual([]);
    open(file, deployment('        {{- if .Values.probe }}\n        readinessProbe: {tcpSocket: {port: 80}}\n        {{- end }}\n'));
    expect(shown(file)).toEqual([]);
  });

  it('calls a container by what is written', () => {
    const { open, lint } = workspace();
    open(file, template.replace('- name: app', '- name: "{{ .Chart.Name }}"'));
    expect(lint(file).map((finding) => render(finding.message, 'en'))).toEqual([expect.stringContaining('Container "{{ .Chart.Name }}" serves port 80')]);
  });

  it('keeps each document of its stream, and splits none inside an action', () => {
    const { session, open, shown } = workspace();
    const stream = `{{- /*\n--- a licence\n---\n*/}}\n${template}---\n{{- if .Values.b }}\n${template}{{- end }}\n`;
    open(file, stream);
    expect(shown(file)).toEqual([0, 1].map((index) => `${noProbe} information ${String(index)}${place.slice(1)}`));
    const before = session.work.parsed;
    open(file, stream.replace('replicas', 'x').replace('if .Values.b', 'if .Values.c'));
    shown(file);
    expect(session.work.parsed - before).toBe(1);
  });

  it('is met with silence where it cannot be read', () => {
    const { open, shown } = workspace();
    open(file, `${template}  {{ if }}\n: [\n`);
    expect(shown(file)).toEqual([]);
    open('/r/plain.yaml', `{{ x }}\napiVersion: v1\nkind: Pod\n  : [ {{ y }}\n`);
    expect(shown('/r/plain.yaml')).toEqual([]);
  });

  it.each([
    ['a hook', file, deployment().replace('  name: web\n', '  name: web\n  annotations:\n    "helm.sh/hook": post-install\n')],
    ['a test', '/r/chart/templates/tests/web.yaml', template],
  ])('is silent about %s', (_, path, text) => {
    const { open, shown } = workspace();
    open(path, text);
    expect(shown(path)).toEqual([]);
  });

  it('tells other files nothing, and its own file what is literal', () => {
    const { open, shown } = workspace();
    const own = service('web').replace('name: web', 'name: {{ .Release.Name }}');
    open('/r/chart/templates/s.yaml', own);
    open(file, template);
    expect(shown(file)).toEqual([`${noProbe} information ${place}`]);
    open(file, `${template}---\n${own}`);
    expect(shown(file)).toEqual([`${noProbe} warning ${place}`]);
  });
});

describe('braces that are no template', () => {
  const argo = (lines: string): string => `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n${deployment(lines).split('\n').slice(2).join('\n')}`;

  it('mean themselves in a manifest that is YAML', () => {
    const { open, lint } = workspace();
    open('/r/templates/web.yaml', argo('        args: ["{{inputs.parameters.x}}", "{{ workflow.name }}"]\n        livenessProbe: {exec: {command: ["{{inputs.x}}"]}}\n'));
    const [finding] = lint('/r/templates/web.yaml');
    expect(finding?.rule).toBe(noProbe);
    // In a template the copy would be of something unknown.
    expect(finding?.fixes.map(({ key }) => key)).toContain('add-copied');
  });

  it('make a template of a manifest that is none, wherever it stands', () => {
    const { open, shown } = workspace();
    open('/r/web.yaml', `{{- if x }}\n${deployment()}{{- end }}\n`);
    expect(shown('/r/web.yaml')).toEqual([`${noProbe} information 0:Deployment/web:spec.template.spec.containers[0].readinessProbe`]);
  });
});
