import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import { isNodeBuild } from './node-effects.ts';
import type { Habits } from './recipe.ts';
import type { Invocation } from './site.ts';

const bundleVerbs: ReadonlySet<string> = new Set(['install', 'config', 'check', 'update', 'lock', 'package', 'cache', 'clean', 'pack', 'version', 'list', 'show', 'info', 'platform', 'add']);
/** Tasks that only lay files below the project. */
const tasks = /^(?:[\w:]+:)?(?:assets|webpacker|vite|shakapacker|tailwindcss|css|javascript|bootsnap|i18n:js):(?:precompile|compile|build|export|install|clobber|clean)$|^assets:precompile$|^tmp:(?:clear|create)$/;
const runners: ReadonlySet<string> = new Set(['rails', 'rake', 'bootsnap', 'jekyll', 'middleman', 'hanami']);

function isTask(name: string, args: Invocation['args']): boolean {
  const words = args.filter((arg) => arg?.startsWith('-') !== true && !/^\w+=/.test(arg ?? ''));
  if (name === 'bootsnap') return words[0] === 'precompile';
  if (name === 'hanami') return words[0] === 'assets';
  if (name === 'jekyll' || name === 'middleman') return words[0] === 'build';
  return words.length > 0 && words.every((word) => word !== undefined && tasks.test(word));
}

function isRubyBuild(invocation: Invocation): boolean {
  const { name, args } = invocation;
  const [verb = '', program = '', ...rest] = args.filter((arg, index) => arg?.startsWith('-') !== true || index > 1);
  switch (name) {
    case 'bundle':
    case 'bundler':
      if (verb === 'exec') return runners.has(plain(program)) && isTask(plain(program), rest);
      return verb === '' || bundleVerbs.has(verb);
    case 'gem':
      // `gem update --system` changes the installation of Ruby, which the final image has anew.
      return ['install', 'cleanup', 'list', 'sources', 'env', 'environment', 'which'].includes(verb);
    case 'ruby':
      return args.every((arg) => arg === '-v' || arg === '--version');
    default:
      return runners.has(name) ? isTask(name, args) : isNodeBuild(invocation);
  }
}

/** `./bin/rails` is `rails`. */
function plain(path: string | undefined): string {
  return path?.replace(/^(?:\.\/)?bin\//, '') ?? '';
}

/** What surrounds the installation of gems, and what Rails makes of its assets. `hasWholeCopy`: the project is copied once more behind the gems. */
export const rubyHabits = (hasWholeCopy: boolean): Habits => ({
  programs: new Set(['bundle', 'bundler', 'gem', 'ruby', 'rails', 'rake', 'bootsnap', 'jekyll', 'middleman', 'hanami', 'npm', 'npx', 'yarn', 'pnpm', 'corepack']),
  isBuild: isRubyBuild,
  keepsProject: true,
  isBuildPackage: (name) => isBuildPackage(name) || /^(?:ruby-dev|python-is-python3|node-gyp|rustc|cargo|rust)$/.test(name),
  variables: (name) => /^(?:DEBIAN_FRONTEND|CFLAGS|MAKEFLAGS|BUNDLE_JOBS|BUNDLE_RETRY|NPM_CONFIG_\w+|YARN_\w+)$/.test(name),
  directories: ['/usr/local/bundle', '/root'],
  isSource: (path) => {
    const name = path.replace(/\/$/, '').slice(path.replace(/\/$/, '').lastIndexOf('/') + 1);
    return /^(?:\.gemspec|package-lock\.json|yarn\.lock|\.yarnrc(?:\.yml)?|pnpm-lock\.yaml|\.npmrc|README(?:\.md)?|LICENSE)$/.test(name) || (hasWholeCopy && /^(?:Gemfile[\w.*]*|package\.json|package\*\.json|[\w*-]+\.gemspec|\.ruby-version|\.tool-versions)$/.test(name));
  },
});
