import { nameOf, pick, teams, text } from './words.mjs';

/** Manifests, alone and in streams. */

const variables = ['LOG_LEVEL', 'DATABASE_HOST', 'CACHE_TTL', 'FEATURE_FLAGS', 'REGION', 'QUEUE_NAME', 'MAX_CONNECTIONS', 'TRACE_RATIO'];
const remarks = [
  '# Keep in step with the values of the staging cluster.',
  '# Measured in March: below this the pods are throttled at noon.',
  '# The old name; two clients still ask for it.',
  '# See the runbook before you change this.',
];

/** A Deployment and the Service in front of it: 35 lines, as a small service keeps in one file. */
export function manifest() {
  return text([
    '# The shop window. Scaled by the autoscaler, so replicas is only where it begins.',
    ...deployment('storefront', ['labels:', '  app: storefront']),
    '---',
    ...service('storefront'),
    '  type: ClusterIP',
  ]);
}

/**
 * @param {string} name
 * @param {readonly string[]} metadata
 */
function deployment(name, metadata, kind = 'Deployment') {
  return [
    'apiVersion: apps/v1',
    `kind: ${kind}`,
    'metadata:',
    `  name: ${name}`,
    ...metadata.map((line) => `  ${line}`),
    'spec:',
    '  replicas: 3',
    ...(kind === 'StatefulSet' ? [`  serviceName: ${name}`] : []),
    '  selector:',
    '    matchLabels:',
    `      app: ${name}`,
    '  template:',
    '    metadata:',
    '      labels:',
    `        app: ${name}`,
    '    spec:',
    '      containers:',
    `        - name: ${name}`,
    `          image: registry.example.com/shop/${name}:1.4.2`,
    '          ports:',
    '            - name: http',
    '              containerPort: 8080',
  ];
}

/**
 * @param {string} name
 * @param {readonly string[]} annotations
 */
function service(name, annotations = []) {
  return [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${name}`,
    ...(annotations.length === 0 ? [] : ['  annotations:', ...annotations]),
    'spec:',
    '  selector:',
    `    app: ${name}`,
    '  ports:',
    '    - port: 80',
    '      targetPort: http',
  ];
}

/** @param {number} number */
function cronJob(number) {
  const name = nameOf(number);
  return [
    'apiVersion: batch/v1',
    'kind: CronJob',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    `  schedule: "${number % 60} ${number % 24} * * *"`,
    '  jobTemplate:',
    '    spec:',
    '      template:',
    '        spec:',
    '          restartPolicy: OnFailure',
    '          containers:',
    `            - name: ${name}`,
    `              image: registry.example.com/shop/${name}:1.4.2`,
  ];
}

/**
 * `count` lines of the same kind of content under `indent`: pairs of name and value, with a remark here and there.
 * @param {number} number
 * @param {number} count
 * @param {string} indent
 */
function environment(number, count, indent) {
  const lines = [`${indent}env:`];
  for (let index = 0; lines.length < count; index += 1) {
    const left = count - lines.length;
    if (left === 1 || left % 7 === 0) lines.push(`${indent}  ${pick(remarks, number + index)}`);
    else lines.push(`${indent}  - name: ${pick(variables, index)}_${index}`, `${indent}    value: "${number}-${index}"`);
  }
  return lines;
}

/**
 * @param {number} number
 * @param {number} count
 * @param {string} indent
 */
export function settings(number, count, indent) {
  return Array.from({ length: count }, (_, index) =>
    index % 9 === 4 ? `${indent}${pick(remarks, number + index)}` : `${indent}${pick(variables, index).toLowerCase()}.${index}: "${number * 31 + index}"`,
  );
}

/**
 * One document of a stream: 34 lines, different from that of every other number.
 * @param {number} number
 */
export function document(number) {
  const length = 34;
  const name = nameOf(number);
  /** @param {readonly string[]} head @param {(number: number, count: number, indent: string) => readonly string[]} fill @param {string} indent */
  const filled = (head, fill, indent) => [...head, ...fill(number, length - head.length, indent)];
  const owner = ['labels:', `  team: ${pick(teams, number)}`];
  switch (number % 10) {
    // The Service of the workload before it.
    case 1:
    case 4:
    case 7:
      return service(nameOf(number - 1), settings(number, length - 11, '    '));
    case 2:
      return filled(['apiVersion: v1', 'kind: ConfigMap', 'metadata:', `  name: ${name}`, 'data:'], settings, '  ');
    case 5:
      return filled(cronJob(number), environment, '              ');
    case 9:
      return filled(deployment(name, owner, 'StatefulSet'), environment, '          ');
    default:
      return filled(deployment(name, owner), environment, '          ');
  }
}

/** A stream of `count` different documents of 35 lines, their markers included. */
export function stream(count = 1000) {
  return text(Array.from({ length: count }, (_, number) => ['---', ...document(number)]).flat());
}
