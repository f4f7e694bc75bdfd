import { installDirs } from '../../engine/catalog/install-dirs.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { broughtBy } from './files.ts';
import { isWithin, nameOf } from './paths.ts';
import type { Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { globArgs, pathAt, wordValue, type Invocation, type Site, type Step } from './site.ts';

/** Commands that make nothing that stays. */
const silent: ReadonlySet<string> = new Set([
  'cd', 'set', 'export', 'echo', 'printf', 'true', ':', 'test', '[', 'ls', 'pwd', 'cat', 'date', 'sleep', 'unset', 'rm', 'rmdir', 'chmod', 'chown', 'chgrp', 'strip', 'upx', 'sha256sum', 'sha512sum', 'md5sum',
  'apt-get', 'apt', 'apk', 'dnf', 'yum', 'microdnf', 'uname', 'which', 'command', 'umask', 'find', 'grep', 'corepack',
]);

/** The paths that a step makes, absolute, without what package managers of the system install; a reason where a command's result is not known. */
export function made(step: Step, site: Site): readonly string[] | Refusal {
  if (step.copy !== undefined) return broughtPaths(step, site);
  if (step.run === undefined) return [];
  if (step.run.interpreter !== undefined || step.invocations.length === 0) return refuse('command', { command: `RUN ${step.instruction.args}` });
  const paths: string[] = [];
  for (const invocation of step.invocations) {
    const written = (invocation.command?.redirects ?? []).flatMap(({ operator, target }) => (/^&?>/.test(operator) && target !== undefined && !/^\d+$|^\/dev\//.test(target.text) ? [wordValue(target, step.instruction)] : []));
    const directories = /^(?:root|0)?(?::|$)/.test(step.user ?? '') ? installDirs(site.base, invocation.name, invocation.args) : undefined;
    paths.push(...(directories ?? []));
    const found = silent.has(invocation.name) || directories !== undefined ? [] : madeBy(invocation);
    const all = [...(found ?? [undefined]), ...written];
    for (const each of all) {
      const path = each === undefined ? undefined : resolvePath(invocation.directory, each);
      // A whole directory of the system is nobody's product.
      if (path === undefined || /^\/(?:|bin|etc|home|lib|opt|root|sbin|tmp|usr|var|usr\/(?:bin|lib|local|local\/(?:bin|lib)|sbin|share))$/.test(path)) return refuse('command', { command: invocation.command?.text ?? invocation.name });
      if (!isWithin('/tmp', path)) paths.push(path);
    }
  }
  return paths;
}

function broughtPaths(step: Step, site: Site): readonly string[] | Refusal {
  const brought = broughtBy(step, { isSource: () => false });
  const target = step.copy?.destination === undefined ? undefined : pathAt(step.copy.destination.text, step);
  const path = brought?.whole === true ? (target !== undefined && isWithin(site.workdir ?? '/', target) && site.workdir !== '/' ? site.workdir : target) : undefined;
  if (brought === undefined || target === undefined || path === '/') return refuse('command', { command: `${step.instruction.keyword} ${step.instruction.args}` });
  return path === undefined ? brought.files.map((each) => each.path) : [path];
}

/** What a command leaves; undefined where that is not known. */
function madeBy(invocation: Invocation): readonly (string | undefined)[] | undefined {
  const { name, args } = invocation;
  const value = (...names: readonly string[]): string | undefined => {
    const at = args.findIndex((arg) => names.includes(arg ?? ''));
    return at >= 0 ? args[at + 1] : args.flatMap((arg) => names.flatMap((each) => (each.startsWith('--') && arg?.startsWith(`${each}=`) === true ? [arg.slice(each.length + 1)] : [])))[0];
  };
  const operands = globArgs(invocation).filter((arg) => arg?.startsWith('-') !== true);
  const [verb] = operands;
  const given = (...names: readonly string[]): readonly string[] | undefined => {
    const found = value(...names);
    return found === undefined ? undefined : [found];
  };
  const fetched = (short: RegExp, long: string): readonly (string | undefined)[] | undefined => {
    const at = args.findIndex((arg) => short.test(arg ?? ''));
    const found = at >= 0 ? [args[at + 1]] : given(long);
    return found?.[0] === '-' ? [] : found;
  };
  switch (name) {
    case 'go':
      return verb === 'build' ? given('-o') : ['mod', 'version', 'env', 'vet', 'fmt'].includes(verb ?? '') ? [] : undefined;
    case 'gcc':
    case 'g++':
    case 'cc':
    case 'c++':
    case 'clang':
    case 'clang++':
      return given('-o');
    case 'javac':
      return given('-d');
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return args.some((arg) => arg === '-g' || arg === '--global') ? undefined : ['ci', 'install', 'i', undefined].includes(verb) ? ['node_modules'] : undefined;
    case 'pip':
    case 'pip3':
      return verb === 'install' ? given('--target', '-t', '--prefix') : undefined;
    case 'python':
    case 'python3':
      return args[0] === '-m' && args[1] === 'venv' ? [operands.at(-1)] : undefined;
    case 'curl':
      return fetched(/^-[a-zA-Z]*o$/, '--output') ?? (args.some((arg) => /^-\w*O\w*$/.test(arg ?? '')) ? operands.flatMap((each) => (each === undefined ? [] : [nameOf(each)])) : undefined);
    case 'wget':
      return fetched(/^-[a-zA-Z]*O$/, '--output-document') ?? (args.every((arg) => !/^-\w*P/.test(arg ?? '')) && operands.length === 1 && verb !== undefined ? [nameOf(verb)] : undefined);
    case 'tar':
      return given('-C', '--directory');
    case 'unzip':
      return given('-d');
    case 'git':
      return verb === 'clone' ? [operands.length > 2 ? operands.at(-1) : operands[1] === undefined ? undefined : nameOf(operands[1]).replace(/\.git$/, '')] : undefined;
    case 'mkdir':
    case 'touch':
      return operands;
    case 'cp':
    case 'mv':
      return operands.length === 2 && !/\/$|^\.$/.test(operands[1] ?? '/') ? [operands[1]] : operands.length === 2 && operands[0] !== undefined && !operands[0].includes('*') && operands[1] !== undefined ? [`${operands[1].replace(/\/$/, '')}/${nameOf(operands[0])}`] : undefined;
    default:
      return undefined;
  }
}
