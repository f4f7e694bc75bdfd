import type { Invocation } from './site.ts';

/** Scripts of package.json that bundle or compile, by name. */
export const scripts = /^(?:build|compile|bundle|dist|prod|production)(?:$|[:_-])|[:_-](?:build|compile|bundle)$/;
export const bundlers = new Set(['tsc', 'tsup', 'webpack', 'rollup', 'esbuild', 'vite', 'next', 'nuxt', 'nuxi', 'nest', 'ng', 'swc', 'babel', 'ncc', 'parcel', 'gatsby', 'remix', 'astro', 'svelte-kit', 'react-scripts', 'vue-cli-service']);

const aroundBuild = /^(?:(?:pre|post)build|lint|test|typecheck|type-check|check-types|tsc|format|prettier|eslint|clean)(?:$|[:_-])/;
const checkers: ReadonlySet<string> = new Set(['eslint', 'jest', 'vitest', 'prettier', 'husky', 'node-gyp', 'tsc-alias', 'turbo', 'nx', 'lerna']);
/** Bundlers that have no other verb than to bundle. */
export const compilers: ReadonlySet<string> = new Set(['tsc', 'tsup', 'webpack', 'rollup', 'esbuild', 'ncc', 'swc', 'babel', 'parcel']);
/** Does a bundler bundle by this verb? `next start` does not. */
export function bundles(name: string, verb: string): boolean {
  return compilers.has(name) || (bundlers.has(name) && /^(?:build|generate|prepare)$|:build$/.test(verb));
}

/** Packages whose programs only a build calls, and that a global installation may bring. */
const buildTools: ReadonlySet<string> = new Set([...bundlers, ...checkers, 'npm', 'yarn', 'pnpm', 'corepack', 'typescript', '@nestjs/cli', '@angular/cli', 'webpack-cli', '@vercel/ncc', '@swc/cli', 'rimraf']);
/** Verbs of package managers that touch node_modules, caches and settings only. */
const inProject: ReadonlySet<string> = new Set([
  'ci', 'install', 'i', 'clean-install', 'add', 'prune', 'cache', 'config', 'set', 'audit', 'fund', 'dedupe', 'rebuild', 'ls', 'list', 'why', 'view', 'outdated', 'version', 'check', 'store', 'fetch', 'import', 'test', 't',
]);

/**
 * Is a call of Node.js, a package manager or one of their tools sure to leave nothing beside node_modules and the bundle? A
 * script of one's own, a browser's download and a tool that is installed for all are not.
 */
export function isNodeBuild({ name, args }: Pick<Invocation, 'name' | 'args'>): boolean {
  if (args.includes(undefined) && !['npm', 'yarn', 'pnpm'].includes(name)) return false;
  const words = args.filter((arg) => arg?.startsWith('-') !== true).map((arg) => arg ?? '$');
  const [first, second = ''] = words;
  const isGlobal = args.some((arg) => arg === '-g' || arg === '--global' || arg === '--location=global');
  switch (name) {
    case 'corepack':
      return true;
    case 'node':
      return args[0] === '--run' ? isScript(first ?? '') : args.length > 0 && args.every((arg) => arg === '-v' || arg === '--version');
    case 'npx':
    case 'pnpx':
      return first !== undefined && isTool(first, second);
    case 'npm':
    case 'yarn':
    case 'pnpm':
      if (first === undefined) return true;
      if (first === 'global' || (isGlobal && ['install', 'i', 'add'].includes(first))) return words.slice(first === 'global' ? 2 : 1).every((each) => buildTools.has(plainName(each)));
      if (inProject.has(first)) return true;
      if (first === 'run' || first === 'run-script') return isScript(second);
      if (first === 'exec' || first === 'dlx' || first === 'x') return isTool(second, words[2] ?? '');
      return name !== 'npm' && (isScript(first) || isTool(first, second));
    default:
      return isTool(name, first ?? '');
  }
}

function isScript(name: string): boolean {
  return scripts.test(name) || aroundBuild.test(name);
}

function isTool(written: string, verb: string): boolean {
  const name = plainName(written);
  if (name === 'prisma') return ['generate', 'format', 'validate', 'version'].includes(verb);
  return checkers.has(name) || compilers.has(name) || (bundlers.has(name) && /^(?:build|generate|prepare|telemetry|analytics)$|:build$/.test(verb));
}

/** `typescript@5` is `typescript`. */
function plainName(written: string): string {
  return written.replace(/(?<=.)@.*$/, '');
}
