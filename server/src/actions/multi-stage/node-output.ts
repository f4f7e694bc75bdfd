import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { bundles, scripts } from './node-effects.ts';
import { packageJsonOf } from './node-start.ts';
import { isWithin } from './paths.ts';
import type { Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Invocation, Site } from './site.ts';
import type { Start } from './start.ts';

/** Is this a command that bundles or compiles? `npm run build`, `yarn build`, `npx tsc`, `next build`. */
export function isBundling({ name = '', args }: Pick<Argv, 'name' | 'args'>): boolean {
  const [first = '', second = '', third = ''] = args.filter((arg) => arg?.startsWith('-') === false);
  if (name === 'npm' || name === 'pnpm' || name === 'yarn') {
    if (first === 'run' || first === 'run-script') return scripts.test(second);
    if (first === 'exec') return bundles(second, third);
    return name !== 'npm' && (scripts.test(first) || bundles(first, second));
  }
  return name === 'npx' ? bundles(first, second) : bundles(name, first);
}

/** The modules that are loaded before the program: by an option of `node`, or by NODE_OPTIONS. */
export function preloadsOf({ stage }: Site, args: Argv['args']): readonly string[] {
  const words = [...args, ...(stageFacts(stage).env.get('NODE_OPTIONS')?.value?.split(/[\s"']+/) ?? [])];
  const option = /^(?:-r|--require|--import|--loader|--experimental-loader)(?:=(.+))?$/;
  return words.flatMap((word, index) => {
    const found = option.exec(word ?? '');
    return found === null ? [] : [found[1] ?? words[index + 1] ?? ''];
  }).filter((each) => each !== '' && !each.startsWith('data:'));
}

/** The script that `node` is given, options and their values left out. */
export function scriptOf({ args }: Argv): string | undefined {
  const valued = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions', '--title']);
  return args.find((arg, index) => arg !== undefined && !arg.startsWith('-') && !valued.has(args[index - 1] ?? ''));
}

/**
 * The directory of build products that holds the script, absolute: the first directory of the path whose name bundlers use, or
 * the one the command names by `--outDir`. Undefined for what may be a source.
 */
export function outputOf(site: Site, script: string, { args, directory }: Invocation): string | undefined {
  const main = resolvePath(site.workdir, script) === site.workdir ? packageJsonOf(site)?.main : undefined;
  const path = resolvePath(site.workdir, main ?? script);
  if (path === undefined || site.workdir === undefined || !isWithin(site.workdir, path) || path === site.workdir) return undefined;
  const named = args.flatMap((arg, index) => (/^(?:--outDir|--out-dir|--outdir|-d)$/.test(args[index - 1] ?? '') ? [arg] : (arg?.match(/^--(?:outDir|out-dir|outdir)=(.+)$/)?.slice(1) ?? [])));
  const given = named.map((each) => resolvePath(directory, each ?? '')).find((each) => each !== undefined && isWithin(each, path));
  if (given !== undefined) return given;
  const whole = path.slice(site.workdir.length).split('/').filter((each) => each !== '');
  // `node dist` runs the index file of the directory.
  const segments = whole.length === 1 && !path.includes('.js') ? whole : whole.slice(0, -1);
  const [first = ''] = segments;
  if (!/^(?:dist|build|out|output|\.output|\.next|compiled|bundle|_build)$/.test(first) && !/^(?:dist|build)[-_.]/.test(first)) return undefined;
  const depth = first === '.next' && segments[1] === 'standalone' ? 2 : 1;
  return resolvePath(site.workdir, segments.slice(0, depth).join('/'));
}

/** The directory of build products that is all the container runs; a reason where it runs more, or something else. */
export function singleOutput(site: Site, start: Start, invocation: Invocation): string | Refusal {
  const program = start.programs.at(-1);
  if (program === undefined) return refuse('product');
  const names = [...new Set(start.programs.map((each) => each.name ?? '?'))];
  if (start.programs.length > 1) return refuse('several', { programs: names.join(', ') });
  if (program.name !== 'node') {
    const command = [program.name, ...program.args].join(' ');
    if (program.name === 'npm' || program.name === 'yarn' || program.name === 'pnpm') return refuse('packageScript', { command });
    return ['pm2-runtime', 'serve', 'http-server'].includes(program.name ?? '') ? refuse('tool', { tool: program.name ?? '' }) : refuse('framework', { command });
  }
  const script = scriptOf(program);
  const output = script === undefined || start.moves ? undefined : outputOf(site, script, invocation);
  if (output === undefined) return refuse('source', { path: script ?? 'node' });
  const preload = preloadsOf(site, program.args).find((each) => !isWithin(output, resolvePath(site.workdir, each) ?? '/'));
  if (preload !== undefined) return refuse('preload', { path: preload });
  const strange = program.args.find((arg, index) => /^(?:-r|--require|--import|--loader)$/.test(program.args[index - 1] ?? '') && arg?.startsWith('.') === true && !isWithin(output, resolvePath(site.workdir, arg) ?? '/'));
  const file = program.args.find((arg) => arg?.startsWith('--env-file') === true);
  return strange !== undefined || file !== undefined ? refuse('source', { path: strange ?? file ?? '' }) : output;
}

