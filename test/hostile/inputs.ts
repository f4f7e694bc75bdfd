/** Texts that nobody means well with, or that a broken tool leaves behind. Each ends some parser that was not made for it. */

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n';
const small = `${pod}  containers:\n  - name: web\n    image: nginx:1.27\n    ports: [{containerPort: 80}]\n`;
const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Each ends a reader of YAML that descends one call per level, some of them the whole process with it. */
const deep: Readonly<Record<string, string>> = {
  'quoted brackets': "['".repeat(1_000),
  brackets: '['.repeat(100_000),
  'closed brackets': '['.repeat(50_000) + ']'.repeat(50_000),
  'brackets and CRLF': '[\r\n '.repeat(30_000),
  braces: '{a: '.repeat(50_000),
  'braces without keys': '{'.repeat(100_000),
  dashes: '- '.repeat(100_000),
  'question marks': '? '.repeat(100_000),
  colons: ': '.repeat(100_000),
  'keys on one line': 'a: '.repeat(50_000),
  'keys on lines': lines(2_000, (depth) => `${' '.repeat(depth)}a:`),
  'brackets in a quoted key': `"${'['.repeat(1_000)}": ${'["'.repeat(1_000)}`,
  tags: '!a '.repeat(50_000),
  anchors: lines(20_000, (index) => `- &a${String(index)} x`),
  'an alias bomb': ['a0: &a0 [x, x]', ...Array.from({ length: 60 }, (_, index) => `a${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}, *a${String(index)}]`)].join('\n'),
  'a bomb of merge keys': ['a0: &a0 {k: v}', ...Array.from({ length: 60 }, (_, index) => `a${String(index + 1)}: &a${String(index + 1)} {<<: [*a${String(index)}, *a${String(index)}]}`)].join('\n'),
};

/** The text of a field, deeper than the field. */
function inside(text: string): string {
  return text.replace(/^/gm, '    ');
}

function manifests(): Readonly<Record<string, string | Buffer>> {
  const made: Record<string, string | Buffer> = {};
  for (const [name, text] of Object.entries(deep)) {
    made[`${name}.yaml`] = `${pod}  x:\n${inside(text)}\n`;
    made[`${name} alone.yaml`] = `kind: a\napiVersion: b\n${text}`;
    made[`templates/${name}.yaml`] = `${pod}  {{- if .Values.x }}\n  x:\n${inside(text)}\n  {{- else }}\n  y: {{ .Values.y }}\n${inside(text)}\n  {{- end }}\n`;
  }
  return {
    ...made,
    'in a stream.yaml': [small, `${pod}  x: ${'['.repeat(5_000)}\n`, small, `${pod}  x: ${"['".repeat(1_000)}\n`, small].join('---\n'),
    'a map of 20,000 keys.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n${lines(20_000, (index) => `  k${String(index)}: v`)}\n`,
    'a flow map of 20,000 keys.yaml': `{apiVersion: v1, kind: ConfigMap, data: {${lines(20_000, (index) => `k${String(index)}: v,`)}}}\n`,
    'a map of one key 20,000 times.yaml': `apiVersion: v1\nkind: ConfigMap\ndata:\n${'  k: v\n'.repeat(20_000)}`,
    '100,000 lines.yaml': `${pod}${lines(100_000, (index) => `  # ${String(index)}`)}\n`,
    '100,000 lines of a block.yaml': `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n${'    line\n'.repeat(100_000)}`,
    '20,000 documents.yaml': 'apiVersion: v1\nkind: A\n---\n'.repeat(20_000),
    '100,000 markers.yaml': `apiVersion: v1\nkind: A\n${'---\n'.repeat(100_000)}`,
    'one line.yaml': `{apiVersion: v1, kind: Pod, metadata: {name: "${'x'.repeat(1_000_000)}"}}`,
    'one line of keys.yaml': `{apiVersion: v1, kind: Pod, ${'a: {b: [c]}, '.repeat(80_000)}}`,
    'one plain line.yaml': `apiVersion: v1\nkind: Pod\na: ${'b '.repeat(500_000)}`,
    'one line of quotes.yaml': `apiVersion: v1\nkind: Pod\na: ${`'"`.repeat(500_000)}`,
    'one line of blanks.yaml': `apiVersion: v1\nkind: Pod\na:${' '.repeat(1_000_000)}b`,
    'one line of tabs.yaml': `apiVersion: v1\nkind: Pod\na:${'\t'.repeat(1_000_000)}b`,
    'one line of hashes.yaml': `apiVersion: v1\nkind: Pod\n#${' podwright-ignore'.repeat(50_000)}`,
    'ignore comments.yaml': `apiVersion: v1\nkind: Pod\n${'# podwright-ignore a, b, c -- d\n'.repeat(10_000)}`,
    'templates/actions.yaml': `${pod}${'{{'.repeat(200_000)}`,
    'templates/open conditions.yaml': `${pod}${'{{ if .x }}\n'.repeat(20_000)}`,
    'templates/conditions on one line.yaml': `${pod}  a: ${'{{ if .x }}b{{ else }}c{{ end }}'.repeat(20_000)}`,
    'templates/blocks.yaml': `${pod}${'  a: |\n  {{ .x }}\n'.repeat(20_000)}`,
    'NUL.yaml': `${small}\0\n    x: \0`,
    'late NUL.yaml': `${small}${'# x\n'.repeat(5_000)}\0: a`,
    'no UTF-8.yaml': Buffer.concat([Buffer.from(small), Buffer.from([0x20, 0x20, 0xff, 0xfe, 0xc3, 0x28, 0x3a, 0x20, 0xe2, 0x28, 0xa1, 0x0a])]),
    'UTF-16.yaml': Buffer.from(`\ufeff${small}`, 'utf16le'),
    'lone surrogates.yaml': small.replace('web', '\ud83d').replace('nginx', '\ude00'),
    'CR alone.yaml': small.replaceAll('\n', '\r'),
    'CR and LF mixed.yaml': small.replace(/\n/g, (end, at: number) => (at % 3 === 0 ? '\r' : at % 3 === 1 ? '\r\n' : end)),
    'marks of order.yaml': `${'\ufeff'.repeat(10_000)}${small}`,
    'line separators.yaml': small.replaceAll('\n', '\u2028'),
    'directives.yaml': `${'%YAML 1.1\n'.repeat(20_000)}---\n${small}`,
    'many sidecars.yaml': `${pod}  initContainers:\n${lines(3_000, (index) => `  - name: c${String(index)}\n    image: envoyproxy/envoy:v1.36.0\n    restartPolicy: Always\n    ports: [{containerPort: ${String(index + 1)}}]\n    args: ["localhost:${String(index)}"]`)}\n  containers:\n  - {name: web, image: nginx:1.27}\n`,
    'many containers.yaml': `${pod}  containers:\n${lines(60, (index) => `  - name: c${String(index)}\n    image: nginx\n    ports: [{containerPort: ${String(index + 1)}}]`)}\n`,
  };
}

function dockerfiles(): Readonly<Record<string, string | Buffer>> {
  const from = 'FROM alpine:3.20\n';
  return {
    '300 KiB/Dockerfile': `${from}${'RUN true\n'.repeat(34_200)}`,
    '250 KiB of instructions/Dockerfile': `${from}${'RUN true\n'.repeat(28_000)}`,
    '250 KiB of stages/Dockerfile': 'FROM a AS b\n'.repeat(21_000),
    'open heredoc/Dockerfile': `${from}RUN <<EOF\n${'echo\n'.repeat(40_000)}`,
    'open heredocs/Dockerfile': `${from}${'RUN <<A <<B <<C\nx\n'.repeat(10_000)}`,
    'heredocs on one line/Dockerfile': `${from}RUN ${'<<A '.repeat(20_000)}\n`,
    'continuation lines/Dockerfile': `${from}RUN a \\\n${'  b \\\n'.repeat(10_000)}`,
    'comments between continuation lines/Dockerfile': `${from}RUN a \\\n${'# c\n'.repeat(20_000)}  b\n`,
    'one line/Dockerfile': `${from}RUN ${'a '.repeat(125_000)}\n`,
    'one word beside a build/Dockerfile': `FROM python:3.13-slim\nRUN apt-get install gcc\nWORKDIR /a\nRUN pip install a\nENV A=${'x'.repeat(200_000)}\nCMD ["a"]\n`,
    'builds on 6,000 lines/Dockerfile': `FROM golang:1.27\nWORKDIR /src\nCOPY . .\n${lines(6_000, (index) => `RUN go build -o app${String(index)} ./cmd`)}\nCMD ["./app1"]\n`,
    'installations on 6,000 lines/Dockerfile': `FROM python:3.13-slim\nRUN apt-get install -y gcc\nWORKDIR /a\n${lines(6_000, (index) => `RUN pip install p${String(index)}`)}\nCMD ["python", "a.py"]\n`,
    'one megabyte in a line/Dockerfile': `${from}RUN ${'x'.repeat(1_000_000)}\n`,
    'subshells/Dockerfile': `${from}RUN ${'('.repeat(50_000)}\n`,
    'substitutions/Dockerfile': `${from}RUN ${'$('.repeat(50_000)}\n`,
    'quoted substitutions/Dockerfile': `${from}RUN ${'"$('.repeat(50_000)}\n`,
    'backquotes/Dockerfile': `${from}RUN ${'`'.repeat(100_000)}\n`,
    'conditions/Dockerfile': `${from}RUN ${'if true; then '.repeat(15_000)}\n`,
    'braces/Dockerfile': `${from}RUN ${'{ '.repeat(50_000)}\n`,
    'pipes/Dockerfile': `${from}RUN ${'a && '.repeat(40_000)}b\n`,
    'arithmetic/Dockerfile': `${from}RUN echo ${'$(('.repeat(30_000)}\n`,
    'parameters/Dockerfile': `${from}ENV A=${'${B:-'.repeat(40_000)}\n`,
    'exec form/Dockerfile': `${from}CMD ${'['.repeat(200_000)}\n`,
    'escapes/Dockerfile': `${from}CMD ["${'\\'.repeat(200_000)}"]\n`,
    'ignore comments/Dockerfile': `${from}${'# podwright-ignore a, b, c -- d\n'.repeat(8_000)}RUN a\n`,
    'onbuild/Dockerfile': `${from}${'ONBUILD '.repeat(25_000)}RUN a\n`,
    'flags/Dockerfile': `${from}RUN ${'--mount=type=cache,target=/a '.repeat(8_000)}a\n`,
    'packages/Dockerfile': `${from}RUN apk add ${'curl '.repeat(50_000)}\n`,
    'escape directives/Dockerfile': `${'# escape=`\n'.repeat(20_000)}${from}`,
    'NUL/Dockerfile': `${from}${'# x\n'.repeat(3_000)}RUN \0\n`,
    'CR alone/Dockerfile': `${from}RUN a\nCMD b\n`.replaceAll('\n', '\r'),
    'lone surrogates/Dockerfile': `${from}LABEL \ud83d="\ude00"\nRUN echo \ud83d\n`,
  };
}

/** Files that are not checked themselves, but read for what they tell of others. */
function neighbours(): Readonly<Record<string, string | Buffer>> {
  const made: Record<string, string | Buffer> = {};
  const names = ['kustomization.yaml', 'skaffold.yaml', 'compose.yaml', 'Chart.yaml', 'values.yaml', 'pnpm-lock.yaml', '.podwright.yaml'];
  for (const [name, text] of Object.entries(deep)) for (const file of names) made[`around ${name}/${file}`] = `resources:\nservices:\n  x:\n${inside(text)}\n`;
  return {
    ...made,
    'patched/kustomization.yaml': `resources: [deep.yaml]\npatches:\n- path: deep.yaml\n- patch: |\n${inside(`${pod}  x: ${'['.repeat(5_000)}`)}\n  target: {kind: Pod, name: "${'(a+)+'.repeat(50)}b"}\n`,
    'patched/deep.yaml': `${pod}  x: ${"['".repeat(1_000)}\n`,
    'json/package.json': '['.repeat(200_000),
    'json keys/package.json': `{"a":${'{"a":'.repeat(100_000)}`,
    'xml/pom.xml': '<project>'.repeat(100_000),
    'xml/a.csproj': `<Project>${'<!--'.repeat(100_000)}`,
    'toml/Cargo.toml': `a = ${'['.repeat(100_000)}`,
    'toml/pyproject.toml': `${'a.'.repeat(100_000)}b = ${'{a='.repeat(50_000)}`,
    'gradle/settings.gradle': `${'/* '.repeat(30_000)}include ${"'a' ".repeat(20_000)}include(${'"a", '.repeat(10_000)}`,
    'gradle/build.gradle': `version ${' '.repeat(100_000)}=\n${'id '.repeat(30_000)}${'version = '.repeat(5_000)}`,
    'mix/mix.exs': `app: :a, releases: ${'['.repeat(100_000)}\n${'releases: ['.repeat(10_000)}`,
    'go/go.mod': `module ${'a'.repeat(1_000_000)}\nrequire (\n${'('.repeat(10_000)}`,
    'ignore/.dockerignore': `${'*a'.repeat(20_000)}\n${'**/'.repeat(20_000)}b\n`,
    'ignore/.gitignore': `${'*a'.repeat(2_000)}\n`,
    'ignore/Dockerfile': 'FROM node:22\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "a.js"]\n',
    'script/Dockerfile': 'FROM node:22\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
    'script/entrypoint.sh': `#!/bin/sh\n${'$('.repeat(50_000)}`,
  };
}

/** Files by their path in one folder. */
export function hostileFiles(): Readonly<Record<string, string | Buffer>> {
  return { ...manifests(), ...dockerfiles(), ...neighbours() };
}

/** What is found in this one shows that whoever finds it is well. */
export const healthy = small;
export const healthyRule = 'kubernetes/no-readiness-probe';
