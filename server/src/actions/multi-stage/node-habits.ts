import { isBuildPackage, isGypPackage } from '../../engine/catalog/runtime-packages.ts';
import { isNodeBuild } from './node-effects.ts';
import type { Habits } from './recipe.ts';

/** What surrounds a bundle step of Node.js: package managers, bundlers, and the files they read. */
export const nodeHabits: Habits = {
  programs: new Set([
    'npm', 'npx', 'yarn', 'pnpm', 'pnpx', 'corepack', 'node', 'tsc', 'tsup', 'webpack', 'rollup', 'esbuild', 'vite', 'next', 'nuxt', 'nuxi', 'nest', 'ng', 'swc',
    'babel', 'ncc', 'parcel', 'prisma', 'turbo', 'nx', 'lerna', 'node-gyp', 'eslint', 'jest', 'vitest', 'husky',
  ]),
  isBuild: isNodeBuild,
  isBuildPackage: (name) => isBuildPackage(name) || isGypPackage(name),
  variables: (name) => /^(?:NPM_CONFIG_\w+|npm_config_\w+|YARN_\w+|PNPM_HOME|COREPACK_\w+|PUPPETEER_SKIP\w*|CYPRESS_\w+|DEBIAN_FRONTEND|CI|HUSKY|GENERATE_SOURCEMAP|DISABLE_OPENCOLLECTIVE|ADBLOCK)$/.test(name),
  directories: ['/root', '/home/node/.npm', '/home/node/.cache', '/usr/local/share/.cache', '/pnpm'],
  isSource: (path) => {
    const name = path.replace(/\/$/, '').slice(path.replace(/\/$/, '').lastIndexOf('/') + 1);
    if (/^(?:package[-.*?][\w.*?()[\]-]*|npm-shrinkwrap\.json|yarn\.lock\*?|pnpm-(?:lock|workspace)\.yaml\*?|\.npmrc\*?|\.yarnrc(?:\.yml)?|\.yarn|\.pnp\.\w+|\.nvmrc|\.node-version|bun\.lockb?)$/.test(name)) return true;
    if (/^(?:tsconfig[\w.*-]*|jsconfig\.json|nest-cli\.json|angular\.json|turbo\.json|nx\.json|\.babelrc[\w.]*|\.swcrc|\.eslintrc[\w.]*|\.prettierrc[\w.]*|\.browserslistrc|\.editorconfig|\.git\w*|\.dockerignore)$/.test(name)) return true;
    if (/^[\w.*-]+\.config\.[cm]?[jt]s$/.test(name) || /\.(?:[cm]?tsx?|jsx|vue|svelte|scss|less)$/.test(name) || name === 'index.html') return true;
    return /^(?:src|test|tests|__tests__|e2e|spec|components|styles|types|@types|docs|README\.md|LICENSE|Makefile|\*\.json)$/.test(name);
  },
};
