import { describe, expect, it } from 'vitest';
import type { FixOutcome } from '../../server/src/engine/core/finding.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { actionsOf } from '../../server/src/engine/yaml/actions.ts';
import { append, remove, rename, set, wrap } from '../../server/src/engine/yaml/edit.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';
import { inSteps } from '../../server/src/engine/yaml/steps.ts';
import { maskTemplate, parseTemplate, splitTemplate } from '../../server/src/engine/yaml/template.ts';
import { corpus } from '../corpus/corpus.ts';

const root = (text: string): Field => parseTemplate(text).root;

function masked(text: string): string {
  return maskTemplate(text).text.replaceAll('\ue000', '*').replace(/# +/g, '#').replace(/ +$/gm, '');
}

function edited(text: string, edit: (root: Field) => FixOutcome): string {
  const outcome = edit(root(text));
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : `refused: ${outcome.reason.text.en}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

describe('actionsOf', () => {
  it('knows where actions end', () => {
    const sources = (text: string): readonly string[] => actionsOf(text).map(({ start, end }) => text.slice(start, end));
    expect(sources('{{ "}}" }}x{{ `}}` }}')).toEqual(['{{ "}}" }}', '{{ `}}` }}']);
    expect(sources('{{/* }} {{ */}}{{- /* \n */ -}}')).toEqual(['{{/* }} {{ */}}', '{{- /* \n */ -}}']);
    expect(sources('a: {{ .x\nb: {{ .y }}\n')).toEqual(['{{ .x', '{{ .y }}']);
    expect(sources('a: {{ include "x" (dict\n  "a" 1) }}')).toEqual(['{{ include "x" (dict\n  "a" 1) }}']);
    expect(sources('a: {{ "\\"}}" }} {{')).toEqual(['{{ "\\"}}" }}', '{{']);
  });

  it('tells what they do', () => {
    const kinds = actionsOf('{{ if .a }}{{ else if .b }}{{- end -}}{{ $x := 1 }}{{/* c */}}{{ toYaml . | nindent 4 }}{{ fail "x" }}{{ endpoint }}').map(({ kind }) => kind);
    expect(kinds).toEqual(['open', 'else', 'end', 'silent', 'silent', 'output', 'silent', 'output']);
    expect(actionsOf('{{- (toYaml .x) | indent 8 -}}')[0]).toMatchObject({ indent: 8, startsLine: false, trimsRight: true });
    expect(actionsOf('{{ .x | nindent 8 | trim }}')[0]).toMatchObject({ indent: undefined });
  });
});

describe('maskTemplate', () => {
  it('keeps every offset and line end', () => {
    for (const text of ['a: {{ .x }}\r\n{{- if .y }}\r\nb: 1\r\n{{- else }}\r\nb: 2\r\n{{- end }}', '# 😀 {{ x }}\na: "😀{{ y }}"\n', '{{', '{{/*\n---\n*/}}\na: 1']) {
      for (const view of [maskTemplate(text).text, maskTemplate(text).firstBranch]) {
        expect(view).toHaveLength(text.length);
        expect([...view.matchAll(/\r|\n/g)].map(({ index }) => index)).toEqual([...text.matchAll(/\r|\n/g)].map(({ index }) => index));
        expect(view).not.toContain('{{');
      }
    }
  });

  it('makes comments of lines of actions, and values opaque', () => {
    expect(masked(lines('{{- if .x }}', 'a: {{ .a }}', 'b: "{{ .b }}:1"', '{{ .c }}: 1', '{{- end }}'))).toBe(lines('#', 'a: ********', 'b: "********:1"', '********: 1', '#'));
    expect(masked('a: {{ if .x }}b{{ else }}c{{ end }}\n')).toBe('a: ***********b**********c\n');
  });

  it('leaves room below a key for what nindent writes', () => {
    expect(masked(lines('labels: {{- include "l" . | nindent 2 }}', '  app: web'))).toBe(lines('labels:', '  app: web'));
  });

  it('keeps block scalars whole', () => {
    const text = lines('a: |', '  x', '{{- if .y }}', '  y', '{{- end }}', '  {{ .z }}', '{{- if .b }}', 'b: 1', '{{- end }}');
    const document = parseTemplate(text);
    expect(document.problems).toEqual([]);
    expect(document.root.at('a').opaque).toBe(true);
    expect(document.root.at('b').int).toBe(1);
  });

  it('takes the other branches out where the whole cannot be read', () => {
    const document = parseTemplate(lines('a:', '{{- if .x }}', '  b: 1', '{{- else }}', '  - c', '{{- end }}', 'd: 1'));
    expect(document.problems).toEqual([]);
    expect([document.root.at('a', 'b').int, document.root.at('a', 'c').state, document.root.at('d').int]).toEqual([1, 'unknown', 1]);
  });

  it('splits where the YAML does', () => {
    expect(splitTemplate('{{/*\n---\n*/}}\na: 1\n---\nb: {{ .b }}\n').map(({ text }) => text)).toEqual(['{{/*\n---\n*/}}\na: 1\n', '---\nb: {{ .b }}\n']);
  });
});

describe('fields of a template', () => {
  const text = lines(
    'kind: Deployment',
    'metadata:',
    '  labels:',
    '    {{- include "labels" . | nindent 4 }}',
    '  annotations: {{- toYaml .Values.annotations | nindent 4 }}',
    'spec:',
    '  containers:',
    '    - name: {{ .Chart.Name }}',
    '      image: "{{ .Values.image }}:1"',
    '      {{- if .Values.ports }}',
    '      ports:',
    '        - containerPort: 80',
    '      {{- end }}',
    '      env:',
    '        - name: A',
    '        {{- toYaml .Values.env | nindent 8 }}',
    '      resources:',
    '{{ toYaml .Values.resources | indent 8 }}',
    '    - name: second',
    '      image: x',
    '      {{- toYaml .Values.extra | nindent 6 }}',
    '  {{- with .Values.tolerations }}',
    '  tolerations:',
    '    {{- toYaml . | nindent 4 }}',
    '  {{- end }}',
  );
  const container = root(text).at('spec', 'containers', 0);

  it('reads what is literal', () => {
    expect(parseTemplate(text).problems).toEqual([]);
    expect(root(text).at('kind').text).toBe('Deployment');
    expect(container.at('ports', 0, 'containerPort').int).toBe(80);
    expect(text.slice(container.at('image').span.start, container.at('image').span.end)).toBe('"{{ .Values.image }}:1"');
  });

  it('does not know what actions write', () => {
    expect([container.at('image').opaque, container.at('image').text]).toEqual([true, undefined]);
    for (const path of [['metadata', 'labels', 'app'], ['metadata', 'annotations', 'x'], ['spec', 'tolerations', 0]]) expect(root(text).at(...path).state, path.join('.')).toBe('unknown');
    expect(container.at('resources', 'limits').state).toBe('unknown');
    expect([container.at('resources').present, container.at('resources').isNull, container.at('resources').isEmpty, container.at('resources').opaque]).toEqual([true, false, false, true]);
    expect(container.at('env', 1).state).toBe('unknown');
    expect(container.at('env').plain()).toBeUndefined();
  });

  it('knows which maps may get more keys', () => {
    expect(container.at('readinessProbe').state).toBe('absent');
    expect(root(text).at('spec', 'containers', 1, 'readinessProbe').state).toBe('unknown');
    expect(root(text).at('spec', 'volumes').state).toBe('absent');
    expect(root(text).at('status').state).toBe('absent');
  });

  it('says it for flush sequences, and for output whose place is not told', () => {
    expect(root(lines('a:', '{{- include "x" . | nindent 0 }}', '- b')).at('a', 1).state).toBe('unknown');
    const unknown = root(lines('a:', '  b:', '    c: 1', '    {{- include "x" . }}', 'd:', '  e: 1'));
    expect([unknown.at('a', 'b', 'x').state, unknown.at('a', 'x').state, unknown.at('d', 'x').state]).toEqual(['unknown', 'unknown', 'absent']);
  });
});

describe('surgery in a template', () => {
  const probe = { tcpSocket: { port: 80 } };
  const templated = /^refused: \{path\} stands among template actions/;

  it('puts keys where the branch is the container\'s own', () => {
    const text = lines('c:', '  - name: a', '    ports:', '      - 80', '    {{- if .x }}', '    livenessProbe: {}', '    {{- end }}');
    expect(edited(text, (field) => set(field.at('c', 0, 'readinessProbe'), probe, { after: ['ports', 'livenessProbe'] }))).toBe(
      text.replace('- 80\n', '- 80\n    readinessProbe:\n      tcpSocket:\n        port: 80\n'),
    );
  });

  it('does not cut a key from what an action writes for it', () => {
    const text = lines('c:', '  - name: a', '    resources:', '{{ toYaml .x | indent 6 }}', '  - name: b');
    expect(edited(text, (field) => set(field.at('c', 0, 'tty'), true))).toBe(text.replace('name: a\n', 'name: a\n    tty: true\n'));
    expect(edited(text, (field) => remove(field.at('c', 0, 'resources')))).toMatch(templated);
    expect(edited(text, (field) => set(field.at('c', 0, 'resources'), {}))).toMatch(templated);
  });

  it('works inside one branch', () => {
    const text = lines('{{- if .x }}', 'a: 1', 'b: 2', '{{- end }}');
    expect(edited(text, (field) => set(field.at('c'), 3))).toBe(text.replace('b: 2\n', 'b: 2\nc: 3\n'));
    expect(edited(text, (field) => remove(field.at('b')))).toBe(text.replace('b: 2\n', ''));
    expect(edited(text, (field) => set(field.at('b'), 5))).toBe(text.replace('b: 2', 'b: 5'));
    expect(edited(text, (field) => rename(field.at('b'), 'd'))).toBe(text.replace('b: 2', 'd: 2'));
  });

  it('refuses to touch actions', () => {
    const text = lines('a: {{ .a }}', 'b:', '  {{- if .x }}', '  c: 1', '  {{- end }}', 'd:', '  - e', '  {{- range .y }}', '  - {{ . }}', '  {{- end }}', 'f: 1');
    expect(edited(text, (field) => set(field.at('a'), 1))).toMatch(templated);
    expect(edited(text, (field) => remove(field.at('a')))).toMatch(templated);
    expect(edited(text, (field) => remove(field.at('b')))).toMatch(templated);
    expect(edited(text, (field) => wrap(field.at('b'), ['k']))).toMatch(templated);
    expect(edited(text, (field) => append(field.at('d'), 'x'))).toMatch(templated);
    expect(edited(text, (field) => set(field.at('f'), '{{ .x }}'))).toMatch(templated);
    expect(edited(lines('a: 1', '{{- $x := 1 -}}', 'b: 2'), (field) => remove(field.at('b')))).toMatch(templated);
  });

  it('lets steps build on each other', () => {
    const text = lines('kind: Pod', 'a: {{ .a }}', 'spec:', '  b: 1');
    const steps = [(field: Field) => set(field.at('spec', 'c'), 2), (field: Field) => wrap(field.at('spec'), ['template', 'spec'])];
    expect(edited(text, (field) => inSteps(field, steps))).toBe(lines('kind: Pod', 'a: {{ .a }}', 'spec:', '  template:', '    spec:', '      b: 1', '      c: 2'));
  });

  it('survives hostile templates', () => {
    for (const text of ['{{'.repeat(5_000), '{{ if }}'.repeat(2_000), '{{ end }}\n'.repeat(2_000), '{{ ` '.repeat(2_000), `a: |\n${'{{ x }}\n'.repeat(2_000)}`, '{{/*'.repeat(2_000)]) {
      expect(parseTemplate(text).text).toHaveLength(text.length);
    }
  });
});

describe('real templates', () => {
  const files = corpus().filter(({ type }) => type === 'helm-template');
  const workloads: Readonly<Record<string, readonly string[]>> = {
    Deployment: ['spec', 'template', 'spec'],
    StatefulSet: ['spec', 'template', 'spec'],
    DaemonSet: ['spec', 'template', 'spec'],
    Job: ['spec', 'template', 'spec'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
    Pod: ['spec'],
  };

  it('all parse, and their containers are reached', () => {
    const broken: string[] = [];
    let found = 0;
    let reached = 0;
    for (const { path, text } of files) {
      for (const chunk of splitTemplate(text)) {
        const document = parseTemplate(chunk.text);
        if (document.problems.length > 0) broken.push(path);
        const spec = workloads[document.root.at('kind').text ?? ''];
        if (spec === undefined) continue;
        found += 1;
        if (document.root.at(...spec, 'containers').items().some((item) => item.at('image').present)) reached += 1;
      }
    }
    expect(broken).toEqual([]);
    expect(reached).toBeGreaterThanOrEqual(found * 0.95);
  }, 60_000);

  it('get a key only as whole lines of text of their own', () => {
    let made = 0;
    for (const { path, text } of files) {
      for (const chunk of splitTemplate(text)) {
        const document = parseTemplate(chunk.text);
        const spec = workloads[document.root.at('kind').text ?? ''];
        for (const container of spec === undefined ? [] : document.root.at(...spec, 'containers').items()) {
          const field = container.at('podwright');
          const outcome = field.absent ? set(field, { a: 1 }) : undefined;
          if (outcome?.kind !== 'edits') continue;
          made += 1;
          const after = applyEdits(chunk.text, outcome.edits);
          expect(after.replace(/^ *podwright:\r?\n +a: 1(?:\r?\n|$)/m, '').trimEnd(), path).toBe(chunk.text.trimEnd());
          expect(parseTemplate(after).problems, path).toEqual([]);
        }
      }
    }
    expect(made).toBeGreaterThanOrEqual(files.length === 0 ? 0 : 20);
  }, 60_000);
});
