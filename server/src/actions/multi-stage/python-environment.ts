import { userAt } from '../../engine/dockerfile/facts.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { Plan, Refusal } from './recipe.ts';
import { isRefusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { installsInto, isOn, madeEnvironment, valuesOf, type PythonInstall } from './python-install.ts';
import { variableAt, type Site } from './site.ts';

/** The directory that holds all packages of the program. */
export interface Environment {
  /** Absolute, the same in both stages: the scripts in it name it. */
  readonly path: string;
  /** The conversion makes it. */
  readonly isNew: boolean;
  /** The file puts its programs on the search path. */
  readonly isOnPath: boolean;
  readonly prelude: Plan['prelude'];
}

const common = '/opt/venv';

/** Where the packages are, or where they can be gathered; a reason where they lie with the system. */
export function environmentOf(site: Site, installs: readonly PythonInstall[]): Environment | Refusal {
  const wanted = installs.filter(({ isTool }) => !isTool);
  const [first] = wanted;
  if (first === undefined) return refuse('product');
  const elsewhere = wanted.find((each) => installsElsewhere(site, each));
  if (elsewhere !== undefined) return refuse('systemPackages', { command: elsewhere.invocation.command?.text ?? elsewhere.invocation.name });
  const own = ownEnvironment(site, wanted);
  if (own !== undefined && isRefusal(own)) return own;
  if (own !== undefined) {
    const isOnPath = site.steps.some(({ instruction }) => instruction.keyword === 'ENV' && instruction.args.includes(`${own.path}/bin`)) || variableAt(first.step.instruction, 'PATH')?.includes(`${own.path}/bin`) === true;
    return { path: own.path, isNew: false, isOnPath, prelude: pythonOfImage(site, wanted) };
  }
  const { instruction, own: isOwn } = first.step;
  const user = userAt(instruction)?.value;
  // Nobody else may write to /opt.
  if (!isOwn || (user !== undefined && !/^(?:root|0)(?::|$)/.test(user))) return refuse('systemPackages', { command: first.invocation.command?.text ?? first.invocation.name });
  const byVariable = wanted.some(({ kind }) => kind !== 'pip');
  const lines = [
    { keyword: 'RUN' as const, args: `python -m venv ${common}` },
    { keyword: 'ENV' as const, args: `${byVariable ? `VIRTUAL_ENV=${common} ` : ''}PATH="${common}/bin:$PATH"` },
  ];
  return { path: common, isNew: true, isOnPath: true, prelude: { before: instruction, lines } };
}

/** The environment that the file itself makes; a reason where other installations do not go there. */
function ownEnvironment(site: Site, wanted: readonly PythonInstall[]): { readonly path: string } | Refusal | undefined {
  const paths = wanted.map((each) => environmentBy(site, each));
  const [path] = paths.filter((each) => each !== undefined);
  if (path === undefined) return undefined;
  const other = wanted.find((_each, index) => paths[index] !== path);
  return other === undefined ? { path } : refuse('systemPackages', { command: other.invocation.command?.text ?? other.invocation.name });
}

/** The environment that one installation goes to; undefined for the system's Python. */
function environmentBy(site: Site, install: PythonInstall): string | undefined {
  const { kind, invocation: { directory }, step } = install;
  if (kind === 'uv-sync') {
    const given = variableAt(step.instruction, 'UV_PROJECT_ENVIRONMENT');
    return resolvePath(directory, given ?? '.venv');
  }
  const made = madeEnvironment(site);
  if (made !== undefined && installsInto(install, made)) return made;
  if (kind !== 'poetry') return undefined;
  const isInProject = isOn(site, 'POETRY_VIRTUALENVS_IN_PROJECT') || site.steps.some(({ invocations }) => invocations.some(({ name, args }) => name === 'poetry' && args.includes('virtualenvs.in-project') && args.includes('true')));
  return isInProject ? resolvePath(directory, '.venv') : undefined;
}

/** uv would fetch another Python where the project asks for one: the build fails then, and not the container. */
function pythonOfImage(site: Site, wanted: readonly PythonInstall[]): Plan['prelude'] {
  const first = wanted.find(({ kind }) => kind === 'uv-sync');
  const isSet = site.steps.some(({ instruction }) => /\bUV_(?:PYTHON_DOWNLOADS|PYTHON_PREFERENCE|NO_MANAGED_PYTHON)\b/.test(instruction.args));
  return first === undefined || isSet || !first.step.own ? undefined : { before: first.step.instruction, lines: [{ keyword: 'ENV', args: 'UV_PYTHON_DOWNLOADS=0' }] };
}

/** Does it put packages where neither an environment nor the image's own Python has them? */
function installsElsewhere(site: Site, { kind, invocation, words }: PythonInstall): boolean {
  const { args } = invocation;
  const last = site.steps.at(-1)?.instruction;
  const set = (name: string): boolean => last !== undefined && (variableAt(last, name) ?? '') !== '';
  if (kind === 'uv-sync') {
    const given = last === undefined ? undefined : variableAt(last, 'UV_PROJECT_ENVIRONMENT');
    return args.some((arg) => /^(?:--active|--python|-p|--system|--managed-python)(?:=|$)/.test(arg ?? '')) || given === '/usr/local' || given === '/usr' || set('UV_PYTHON_INSTALL_DIR');
  }
  if (kind === 'uv-pip') return words.includes('--system') || args.includes('--system') || isOn(site, 'UV_SYSTEM_PYTHON') || valuesOf(args, '--python', '-p', '--target', '--prefix').length > 0;
  if (kind === 'poetry') return set('POETRY_VIRTUALENVS_PATH');
  return words.some((word) => /^(?:--user|-t|--target|--prefix|--root|--no-build-isolation)(?:=|$)/.test(word ?? '')) || set('PIP_TARGET') || set('PIP_PREFIX') || isOn(site, 'PIP_USER') || set('PYTHONUSERBASE') || invocation.argv.program?.startsWith('/usr/') === true || args[0] === undefined;
}
