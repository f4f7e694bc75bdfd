import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import type { Habits, Product } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Tasks that keep to the project, its dependencies and the caches: hexdocs.pm of Mix, Hex, Phoenix, esbuild, Tailwind. Any other may do anything. */
const tasks = /^(?:local\.(?:hex|rebar|public_keys)|archive\.install|deps\.(?:get|compile|update|clean|unlock|loadpaths)|deps|compile(?:\.[\w.]+)?|clean|release(?:\.init)?|phx\.(?:digest(?:\.clean)?|gen\.release|routes)|assets\.(?:setup|build|deploy)|esbuild(?:\.install)?|tailwind(?:\.install)?|sass(?:\.install)?|test|format|credo|dialyzer|hex\.(?:organization|repo|config|info|audit|outdated)|gettext\.\w+|sentry\.package_source_code|loadconfig|loadpaths|help|xref|sobelow|surface\.init)$/;

/** The tasks of a command: `mix do deps.get, deps.compile` and `mix do deps.get + deps.compile` run several. */
export function tasksOf({ args }: Invocation): readonly (readonly (string | undefined)[])[] {
  if (args[0] !== 'do') return [args];
  const groups: (string | undefined)[][] = [[]];
  for (const arg of args.slice(1)) {
    const word = arg?.replace(/[,+]$/, '');
    if (word !== '') groups.at(-1)?.push(word);
    if (arg !== word) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

/** Package managers that prepare the assets, which a release takes along from `priv`. */
function isAssetBuild({ name, args }: Invocation): boolean {
  const words = args.filter((arg, index) => arg?.startsWith('-') !== true && !['--prefix', '--cwd', '-C', '--dir'].includes(args[index - 1] ?? ''));
  if (args.some((arg) => arg === undefined || /^(?:-g|--global|global)$/.test(arg))) return false;
  const [verb, script = ''] = words;
  if (verb === undefined) return name === 'yarn';
  if (['ci', 'install', 'i'].includes(verb)) return words.length === 1;
  return /^(?:build|deploy|compile)(?:[:-]\w+)?$/.test(verb === 'run' ? script : name === 'npm' ? '' : verb);
}

export function isElixirBuild(invocation: Invocation, products: readonly Product[]): boolean {
  if (['npm', 'yarn', 'pnpm'].includes(invocation.name)) return isAssetBuild(invocation);
  if (invocation.name !== 'mix') return invocation.name === 'rebar3' && products.length === 0;
  return tasksOf(invocation).every(([task]) => task !== undefined && (tasks.test(task) || /^--?(?:version|v)$/.test(task)));
}

/** Folders and files of a project that a release holds, or that only a build reads: hexdocs.pm/mix, Phoenix's directory structure. */
const source = /^(?:lib|priv|config|assets|rel|test|apps|c_src|native|src|deps|web|include)(?:\/|$)|^(?:mix\.(?:exs|lock|\*)|[\w.*-]*\.exs?|\.formatter\.exs|\.credo\.exs|rebar\.config|\.tool-versions|\.git\w*|LICENSE|README(?:\.md)?|Makefile|package(?:-lock)?\.json|yarn\.lock|VERSION)$/;

/** What surrounds an Elixir build. */
export const elixirHabits: Habits = {
  programs: new Set(['mix', 'rebar3', 'npm', 'yarn', 'pnpm']),
  isBuild: isElixirBuild,
  isBuildPackage: (name) => isBuildPackage(name) || /^(?:npm|yarn|pnpm|inotify-tools|erlang-dev|elixir|erlang)$/.test(name),
  variables: (name) => /^(?:MIX_(?:HOME|ARCHIVES|DEPS_PATH|BUILD_PATH|BUILD_ROOT|XDG|DEBUG|QUIET|TARGET)|HEX_\w+|REBAR_\w+|NODE_ENV|DEBIAN_FRONTEND|ELIXIR_VERSION|OTP_VERSION)$/.test(name),
  directories: ['/root', '/usr/local/lib/elixir'],
  isSource: (path) => source.test(path.replace(/^\.\//, '').replace(/\/$/, '')),
};
