import { nameOf, pick, teams, text } from './words.mjs';

/** Dockerfiles, short and long. */

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
