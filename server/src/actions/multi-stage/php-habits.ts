import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import { isNodeBuild } from './node-effects.ts';
import type { Habits } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Verbs of Composer that keep to the project and Composer's own cache. */
const composerVerbs: ReadonlySet<string> = new Set([
  'install', 'i', 'update', 'u', 'upgrade', 'require', 'r', 'remove', 'dump-autoload', 'dumpautoload', 'dump-env', 'clear-cache', 'clearcache', 'cc', 'config', 'validate', 'check-platform-reqs',
  'diagnose', 'self-update', 'selfupdate', 'show', 'audit', 'create-project', 'run-script', 'run', 'symfony:dump-env', 'symfony:recipes', '--version', '-V',
]);
/** Commands of Laravel's and Symfony's consoles that write below the project only. */
const consoleCommands = /^(?:(?:config|route|view|event|icons|filament|optimize|cache|package|storage|key|assets?|asset-map|importmap|tailwind|sass|lexik:jwt|ckeditor|vendor|livewire|ziggy|debug)(?::[\w:-]+)?|about|list|--version|-V)$/;

/** Does a call of PHP install Composer, or warm up what the framework keeps below the project? */
function isPhpBuild(invocation: Invocation): boolean {
  const { args } = invocation;
  const words = args.filter((arg) => arg?.startsWith('-d') !== true);
  const [first = '', second = ''] = words;
  if (first === '-v' || first === '-m' || first === '-i') return true;
  if (first === '-r') return /composer-setup|getcomposer\.org/.test(second);
  if (first === '--') return words.some((word) => word?.startsWith('--install-dir') === true) || words.length === 1;
  if (isComposer(first)) return isComposerBuild(words.slice(1));
  if (/(?:^|\/)composer-setup\.php$/.test(first)) return true;
  return /(?:^|\/)(?:artisan|console)$/.test(first) && consoleCommands.test(words.slice(1).find((word) => word?.startsWith('-') !== true) ?? second);
}

function isComposerBuild(args: Invocation['args']): boolean {
  const words = args.filter((arg, index) => arg?.startsWith('-') !== true && args[index - 1] !== '-d' && args[index - 1] !== '--working-dir');
  const [verb = args[0]] = words;
  if (verb === 'global') return words[1] === 'config' || (words[1] === 'require' && words.slice(2).every((word) => /^hirak\/prestissimo(?::|$)/.test(word ?? '')));
  return verb !== undefined && composerVerbs.has(verb);
}

/** `composer`, `composer.phar`, with or without directory. */
export function isComposer(program: string): boolean {
  return /(?:^|\/)composer(?:\.phar)?$/.test(program);
}

const forComposer: ReadonlySet<string> = new Set(['git', 'unzip', 'zip', 'p7zip-full', '7zip', 'composer', '$PHPIZE_DEPS', '${PHPIZE_DEPS}', 're2c', 'file', 'pcre-dev', 'linux-headers']);

/** What surrounds an installation by Composer: its documentation, and the scripts of the php image. */
export const phpHabits: Habits = {
  programs: new Set(['composer', 'composer.phar', 'docker-php-ext-install', 'docker-php-ext-configure', 'docker-php-ext-enable', 'docker-php-source', 'pecl', 'phpize', 'php', 'npm', 'yarn', 'npx', 'curl', 'wget', 'yes']),
  isBuild: (invocation) => {
    const { name, args } = invocation;
    if (name === 'composer' || name === 'composer.phar') return isComposerBuild(args);
    if (name === 'php') return isPhpBuild(invocation);
    if (name === 'pecl') return ['install', 'update-channels', 'channel-update', 'config-set', 'clear-cache', 'upgrade'].includes(args.find((arg) => arg?.startsWith('-') !== true) ?? '');
    if (name === 'curl' || name === 'wget') return args.some((arg) => /^https?:\/\/getcomposer\.org\//.test(arg ?? ''));
    return !['npm', 'yarn', 'npx'].includes(name) || isNodeBuild(invocation);
  },
  setup: new Set(['a2enmod', 'a2dismod', 'a2ensite', 'a2dissite', 'a2enconf', 'a2disconf']),
  keepsBase: true,
  isBuildPackage: (name) => isBuildPackage(name) || forComposer.has(name),
  variables: (name) => /^(?:COMPOSER_\w+|DEBIAN_FRONTEND|PHPIZE_DEPS|CFLAGS|CXXFLAGS|LDFLAGS)$/.test(name),
  directories: ['/root', '/usr/src/php'],
  isSource: (path) => /(?:^|\/)composer\.(?:json|lock|\*)$/.test(path),
};
