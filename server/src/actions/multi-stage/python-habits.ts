import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import { isNodeBuild } from './node-effects.ts';
import { pipWords } from './python-install.ts';
import type { Habits } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Files that say what to install, and that only an installation reads. */
const manifests = /^(?:(?:requirements|constraints)(?:[-_.][\w.*-]+)?\.(?:txt|in|lock)|requirements\*|requirements|\*\.txt|Pipfile(?:\.lock|\*)?|poetry\.lock\*?|poetry\.toml|uv\.lock\*?|uv\.toml|pdm\.lock|pip\.conf|\.python-version)$/;
/** Files that a project may read when it runs, but that most only install by. */
const projectFiles = /^(?:pyproject\.toml\*?|setup\.(?:py|cfg)|MANIFEST\.in|README(?:\.\w+)?|LICENSE|Makefile)$/;

const poetryVerbs: ReadonlySet<string> = new Set(['install', 'sync', 'config', 'export', 'check', 'lock', 'add', 'self', 'env', 'cache', 'show', 'version', 'build', 'source', 'about', 'update']);
const uvVerbs: ReadonlySet<string> = new Set(['sync', 'pip', 'venv', 'lock', 'export', 'cache', 'build', 'version', 'add', 'self']);

function isPython({ name }: Invocation): boolean {
  return /^python[\d.]*$/.test(name);
}

/** Modules of Python, and scripts, that install, build or check a project. */
function isPythonBuild({ args }: Invocation): boolean {
  if (args[0] === '-m') return ['pip', 'venv', 'virtualenv', 'compileall', 'ensurepip', 'build', 'pytest', 'unittest', 'flake8', 'mypy', 'black', 'ruff', 'pip_tools'].includes(args[1] ?? '');
  return args[0] === 'setup.py' || args.every((arg) => arg === '-V' || arg === '--version');
}

/** `curl -sSL https://install.python-poetry.org | python3 -` */
function isInstaller(invocation: Invocation): boolean {
  const { name, args, plain } = invocation;
  if (isPython(invocation)) return !plain && args.length === 1 && args[0] === '-';
  return (name === 'curl' || name === 'wget') && args.some((arg) => arg === 'https://install.python-poetry.org' || arg === 'https://install.python-poetry.org/');
}

function isBuild(invocation: Invocation): boolean {
  const { name, args } = invocation;
  if (isInstaller(invocation)) return true;
  if (name === '.' || name === 'source') return args[0]?.endsWith('/bin/activate') === true;
  if (isPython(invocation)) return isPythonBuild(invocation);
  const [verb = ''] = args.filter((arg) => arg?.startsWith('-') !== true);
  if (name === 'poetry') return poetryVerbs.has(verb) || args.every((arg) => arg?.startsWith('-') === true);
  if (name === 'uv') return uvVerbs.has(verb) || args.every((arg) => arg?.startsWith('-') === true);
  return name.startsWith('pip') || ['virtualenv', 'cython', 'cythonize', 'pytest', 'flake8', 'mypy', 'black', 'ruff', 'tox', 'dos2unix'].includes(name) || isNodeBuild(invocation);
}

/** Programs that come with packages and that a file calls once the program stands there. */
const commands: ReadonlySet<string> = new Set(['django-admin', 'flask', 'alembic', 'playwright', 'spacy', 'celery', 'airflow', 'superset', 'nltk_downloader', 'huggingface-cli', 'hf', 'opentelemetry-bootstrap']);
/** Tools that a small image keeps where the file installs them: they fetch and lay out files. */
const helpers: ReadonlySet<string> = new Set(['curl', 'wget', 'tar', 'unzip', 'gunzip', 'gzip', 'sha256sum', 'locale-gen', 'update-locale', 'fc-cache', 'crudini', 'gpg', 'dos2unix']);

/** What surrounds the installation of Python packages. `hasWholeCopy`: the project is copied once more behind the build; `isSmall`: the image is small already. */
export function pythonHabits({ hasWholeCopy, isSmall }: { readonly hasWholeCopy: boolean; readonly isSmall: boolean }): Habits {
  return {
    programs: new Set(['pip', 'pip3', 'pip2', 'poetry', 'uv', 'virtualenv', 'python', 'python3', 'cython', 'cythonize', 'pytest', 'flake8', 'mypy', 'black', 'ruff', 'tox', '.', 'source', 'npm', 'yarn', 'npx', 'curl', 'wget', ...versioned]),
    isBuild,
    keepsProject: true,
    isProgram: (invocation) => {
      if (isInstaller(invocation)) return false;
      if (isPython(invocation)) return !isPythonBuild(invocation) && pipWords(invocation) === undefined && invocation.args.length > 0;
      // `poetry run` and `uv run` would need the tool in the final stage as well.
      return commands.has(invocation.name) || (isSmall && helpers.has(invocation.name));
    },
    isBuildPackage: (name) => isBuildPackage(name) || /^(?:python-?3?(?:\.\d+)?-dev|libpython3[\w.]*-dev|python3-(?:pip|setuptools|wheel|venv)|cython3?|cargo|rustc|rust|patchelf|ccache|dos2unix)$/.test(name),
    variables: (name) => /^(?:PIP_\w+|POETRY_\w+|UV_\w+|PIPENV_\w+|DEBIAN_FRONTEND|CFLAGS|CXXFLAGS|LDFLAGS|CARGO_HOME|RUSTUP_HOME)$/.test(name),
    directories: ['/root', '/opt/poetry', '/usr/local/cargo'],
    isSource: (path) => {
      const name = path.replace(/\/$/, '').slice(path.replace(/\/$/, '').lastIndexOf('/') + 1);
      return manifests.test(name) || (hasWholeCopy && projectFiles.test(name));
    },
    isTool: (path) => /^\/(?:usr\/(?:local\/)?)?s?bin\/(?:uvx?|poetry|cargo)$/.test(path),
  };
}

const versioned = ['3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'].flatMap((version) => [`python${version}`, `pip${version}`]);
