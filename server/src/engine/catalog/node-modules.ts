/**
 * What packages of npm need of the system. Source: `gypfile` and the `install` scripts of their newest releases on the npm
 * registry, 2026-11. What is not here is taken to need nothing.
 */

/** Packages whose `install` script compiles C or C++ wherever no ready-made binary fits. */
const native: ReadonlySet<string> = new Set([
  'argon2', 'bcrypt', 'bufferutil', 'canvas', 'cpu-features', 'deasync', 'fibers', 'integer', 'kerberos', 'leveldown', 'libpq', 'libxmljs', 'libxmljs2',
  'lmdb', 'microtime', 'node-expat', 'node-pty', 'node-rdkafka', 'node-sass', 'pg-native', 're2', 'robotjs', 'rocksdb', 'sqlite3', 'unix-dgram',
  'utf-8-validate', 'zeromq', 'zlib-sync',
]);

export function isNativePackage(name: string): boolean {
  return native.has(name);
}

/** Programs and libraries that full Debian images hold and small ones lack, by the package that calls them. */
const needed: Readonly<Record<string, string>> = {
  'gm': 'imagemagick',
  'imagemagick': 'imagemagick',
  'kerberos': 'libgssapi-krb5-2',
  'libpq': 'libpq5',
  'pg-native': 'libpq5',
  'simple-git': 'git',
  'youtube-dl-exec': 'python3',
};

/** Debian packages to install beside these packages of npm. */
export function systemPackagesOf(dependencies: Iterable<string>): readonly string[] {
  return [...new Set([...dependencies].flatMap((name) => (Object.hasOwn(needed, name) ? [needed[name] ?? ''] : [])))];
}

/**
 * Packages that are linked with, or call, libraries that full Debian images hold and small ones lack; which ones depends on
 * their release and on how they were built.
 */
const unsettled: ReadonlySet<string> = new Set([
  '@u4/opencv4nodejs', 'aerospike', 'canvas', 'gl', 'ibm_db', 'msnodesqlv8', 'node-hid', 'node-rdkafka', 'nodegit', 'odbc', 'opencv4nodejs', 'robotjs', 'skia-canvas',
]);

/** Does nobody know which packages of Debian it needs in a small image? */
export function needsUnknownLibraries(name: string): boolean {
  return unsettled.has(name);
}

/** Packages whose installation puts a browser into the home directory, outside node_modules: pptr.dev and playwright.dev, "browser cache". */
const withBrowser: ReadonlySet<string> = new Set([
  'puppeteer', 'playwright-chromium', 'playwright-firefox', 'playwright-webkit', '@playwright/browser-chromium', '@playwright/browser-firefox', '@playwright/browser-webkit',
]);

export function bringsBrowser(name: string): boolean {
  return withBrowser.has(name);
}

/** Programs whose package has another name. */
const providers: Readonly<Record<string, readonly string[]>> = {
  'nest': ['@nestjs/cli'],
  'ng': ['@angular/cli'],
  'nuxi': ['nuxt', 'nuxi'],
  'remix-serve': ['@remix-run/serve'],
  'react-router-serve': ['@react-router/serve'],
  'strapi': ['@strapi/strapi', 'strapi'],
  'pm2-runtime': ['pm2'],
  'moleculer-runner': ['moleculer'],
  'tsc': ['typescript'],
  'ts-node-dev': ['ts-node-dev'],
  'tsnd': ['ts-node-dev'],
  'dotenv': ['dotenv-cli'],
  'run-s': ['npm-run-all', 'npm-run-all2'],
  'run-p': ['npm-run-all', 'npm-run-all2'],
  'webpack': ['webpack', 'webpack-cli'],
  'sequelize': ['sequelize-cli'],
  'babel-node': ['@babel/node'],
  'react-scripts': ['react-scripts'],
  'vue-cli-service': ['@vue/cli-service'],
};

/** Packages that bring a program into node_modules/.bin. */
export function packagesOfProgram(program: string): readonly string[] {
  return Object.hasOwn(providers, program) ? (providers[program] ?? []) : [program];
}

/**
 * Packages that read files of the project by paths in the working directory: configuration, templates, translations,
 * migrations, static files, `.next`, sources with API comments. Source: each package's README on the npm registry, 2026-11.
 */
const readers: ReadonlySet<string> = new Set([
  'config', 'nconf', 'node-config-ts', 'rc',
  'ejs', 'pug', 'hbs', 'express-handlebars', 'nunjucks', 'eta', 'liquidjs', 'mustache-express', 'consolidate', '@fastify/view', '@ladjs/koa-views', 'koa-views', 'twig',
  'i18n', 'i18next-fs-backend', 'i18next-node-fs-backend',
  'next', 'nuxt', 'vite',
  '@fastify/static', '@nestjs/serve-static', '@koa/send', 'koa-send', 'koa-static', 'serve-favicon', 'serve-static',
  'db-migrate', 'knex', 'node-pg-migrate', 'postgrator', 'sequelize-cli', 'umzug',
  '@graphql-tools/graphql-file-loader', '@graphql-tools/load-files', '@grpc/proto-loader', 'protobufjs', 'swagger-jsdoc', 'yamljs',
]);

export function readsProjectFiles(name: string): boolean {
  return readers.has(name);
}

/** Packages that `.env` of the working directory is for: their README. */
export function readsDotenv(name: string): boolean {
  return ['@nestjs/config', 'dotenv', 'dotenv-expand', 'dotenv-flow', 'dotenv-safe', 'env-cmd'].includes(name);
}

/** What a package loads by name and leaves to the project to install: its `peerDependencies`. */
const companions: Readonly<Record<string, string>> = { '@babel/node': '@babel/core', '@babel/register': '@babel/core', '@swc-node/register': 'typescript', 'esbuild-register': 'esbuild', 'ts-node': 'typescript' };

/** The package itself and what it cannot do without. */
export function withCompanion(name: string): readonly string[] {
  return Object.hasOwn(companions, name) ? [name, companions[name] ?? ''] : [name];
}
