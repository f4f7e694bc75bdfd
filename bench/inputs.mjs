/**
 * What the bench measures with: texts that look like what people write, made from nothing but their numbers, so that
 * every run on every machine measures the same. No file of anybody is copied.
 */

const teams = ['checkout', 'catalog', 'billing', 'search', 'identity', 'shipping', 'reviews', 'ledger', 'media', 'alerts'];
const parts = ['api', 'worker', 'gateway', 'web', 'sync', 'mailer', 'indexer', 'cache'];
const variables = ['LOG_LEVEL', 'DATABASE_HOST', 'CACHE_TTL', 'FEATURE_FLAGS', 'REGION', 'QUEUE_NAME', 'MAX_CONNECTIONS', 'TRACE_RATIO'];
const remarks = [
  '# Keep in step with the values of the staging cluster.',
  '# Measured in March: below this the pods are throttled at noon.',
  '# The old name; two clients still ask for it.',
  '# See the runbook before you change this.',
];

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} number
 * @returns {T}
 */
function pick(list, number) {
  return /** @type {T} */ (list[number % list.length]);
}

/** @param {number} number a name that no other number has */
function nameOf(number) {
  return `${pick(teams, number)}-${pick(parts, Math.floor(number / teams.length))}-${number}`;
}

/** @param {readonly string[]} lines */
function text(lines) {
  return `${lines.join('\n')}\n`;
}

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
function settings(number, count, indent) {
  return Array.from({ length: count }, (_, index) =>
    index % 9 === 4 ? `${indent}${pick(remarks, number + index)}` : `${indent}${pick(variables, index).toLowerCase()}.${index}: "${number * 31 + index}"`,
  );
}

/**
 * One document of a stream: 34 lines, different from that of every other number.
 * @param {number} number
 */
function document(number) {
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

/** A Node.js service in one stage: 40 lines. */
export function dockerfile() {
  return text([
    '# syntax=docker/dockerfile:1',
    '# The storefront, as it runs in production.',
    'ARG NODE_VERSION=22',
    'FROM node:${NODE_VERSION}-bookworm-slim',
    '',
    'LABEL org.opencontainers.image.title="storefront" \\',
    '      org.opencontainers.image.vendor="Example"',
    'ENV NODE_ENV=production \\',
    '    PORT=8080',
    'ENV APP_VERSION=1.4.2',
    '',
    '# Headless Chromium renders the receipts.',
    'RUN apt-get update \\',
    ' && apt-get install -y --no-install-recommends \\',
    '      ca-certificates \\',
    '      chromium \\',
    '      # Receipts in four scripts.',
    '      fonts-noto-core \\',
    '      tzdata \\',
    ' && rm -rf /var/lib/apt/lists/*',
    '',
    'WORKDIR /app',
    'COPY package.json package-lock.json ./',
    'RUN --mount=type=cache,target=/root/.npm npm ci',
    'COPY . .',
    'RUN npm run build && npm prune --omit=dev',
    '',
    'COPY --chmod=755 <<EOF /usr/local/bin/healthy',
    '#!/bin/sh',
    'exec node -e "fetch(\'http://localhost:8080/health\').then((r) => process.exit(r.ok ? 0 : 1))"',
    'EOF',
    'HEALTHCHECK --interval=30s --timeout=3s CMD ["/usr/local/bin/healthy"]',
    '',
    'RUN useradd --create-home --uid 10001 app && chown -R app:app /app',
    'USER app',
    'EXPOSE 8080',
    'VOLUME /app/uploads',
    '',
    '# npm stays process 1 and starts the server.',
    'CMD ["npm", "start"]',
  ]);
}

const debianPackages = ['build-essential', 'ca-certificates', 'cmake', 'curl', 'git', 'libpq-dev', 'libssl-dev', 'ninja-build', 'pkg-config', 'python3', 'unzip', 'zlib1g-dev'];

/**
 * One stage of a long Dockerfile: 50 lines.
 * @param {number} number
 */
function stage(number) {
  const name = nameOf(number);
  const packages = Array.from({ length: 14 }, (_, index) => `      ${pick(debianPackages, number + index)}${index < 12 ? '' : `-${index}`} \\`);
  return [
    `# Stage ${number}: ${name} and the libraries it is linked with.`,
    number === 0 ? 'FROM debian:bookworm AS stage-0' : `FROM ${pick(['debian:bookworm', 'stage-0', `stage-${number - 1}`], number)} AS stage-${number}`,
    `ARG RELEASE=${number}.4.2`,
    `ENV APP_VERSION=${number}.4.2`,
    `ENV PATH=/opt/${name}/bin:$PATH \\`,
    `    LD_LIBRARY_PATH=/opt/${name}/lib`,
    `LABEL com.example.team="${pick(teams, number)}"`,
    `WORKDIR /src/${name}`,
    'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
    'RUN apt-get update \\',
    ' && apt-get install -y --no-install-recommends \\',
    ...packages,
    '      # Pinned: the next one breaks the build on arm64.',
    `      libicu72=72.${number}-3 \\`,
    ' && rm -rf /var/lib/apt/lists/*',
    `COPY --chown=10001:10001 ${name}/CMakeLists.txt ${name}/cmake ./`,
    `ADD https://downloads.example.com/${name}/${number}.4.2.tar.gz /tmp/source.tar.gz`,
    `RUN curl -fsSL "https://downloads.example.com/${name}/$RELEASE.sha256" -o /tmp/sum \\`,
    ' && echo "$(cat /tmp/sum)  /tmp/source.tar.gz" | sha256sum -c - \\',
    ' && mkdir -p build && tar -xzf /tmp/source.tar.gz -C build --strip-components=1 \\',
    ' && rm /tmp/source.tar.gz /tmp/sum',
    'RUN --mount=type=cache,target=/root/.cache <<EOF',
    'set -eux',
    `if [ "$(uname -m)" = "x86_64" ]; then flags="-march=x86-64-v2"; else flags=""; fi`,
    `cmake -S build -B out -G Ninja -DCMAKE_INSTALL_PREFIX=/opt/${name} -DCMAKE_CXX_FLAGS="$flags"`,
    'for target in all install; do ninja -C out "$target"; done',
    'EOF',
    `RUN ldd /opt/${name}/bin/${name} | awk '/not found/ { missing = 1 } END { exit missing }'`,
    `COPY ${name}/config/ /etc/${name}/`,
    `EXPOSE ${8000 + number}`,
    'USER 10001:10001',
    `ENTRYPOINT ["/opt/${name}/bin/${name}"]`,
    '# Overridden by the chart, which mounts its own configuration.',
    'CMD ["--config", "/etc/app.yaml"]',
    '',
    '',
    '',
  ];
}

/** A long Dockerfile of many stages: 1,500 lines. */
export function longDockerfile(stages = 30) {
  return text(Array.from({ length: stages }, (_, number) => stage(number)).flat());
}

/** @param {number} number YAML that is nobody's manifest: a workflow */
function workflow(number) {
  return text([
    'name: build',
    'on: [push]',
    'jobs:',
    ...Array.from({ length: 4 }, (_, job) => [`  job-${job}:`, '    runs-on: ubuntu-latest', '    steps:', ...settings(number + job, 12, '      # ')]).flat(),
  ]);
}

/**
 * The files of a repository of `count` files: three of five are manifests, one is a Dockerfile, one is other YAML.
 * @param {number} count
 * @returns {readonly { path: string, text: string }[]}
 */
export function repository(count = 1500) {
  return Array.from({ length: count }, (_, number) => {
    const folder = `${pick(teams, number)}/${pick(parts, number)}-${Math.floor(number / 40)}`;
    if (number % 5 === 3) return { path: `${folder}/${number}/Dockerfile`, text: number % 50 === 3 ? longDockerfile(4) : dockerfile() };
    if (number % 5 === 4) return { path: `${folder}/workflow-${number}.yaml`, text: workflow(number) };
    const documents = Array.from({ length: 1 + (number % 4) }, (_, index) => ['---', ...document(number * 4 + index)]);
    return { path: `${folder}/manifest-${number}.yaml`, text: text(documents.flat()) };
  });
}
