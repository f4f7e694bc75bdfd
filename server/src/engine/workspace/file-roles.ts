import { configNames } from '../core/config-keys.ts';
import { folderOf, nameOf } from './paths.ts';

/**
 * What a file can tell the others, by its name. `manifest`: YAML that may hold Kubernetes objects; `presence`: that it
 * is there says enough, its text is never read.
 */
export type FileRole =
  | 'manifest'
  | 'kustomization'
  | 'skaffold'
  | 'compose'
  | 'dockerfile'
  | 'dockerignore'
  | 'package-json'
  | 'go-mod'
  | 'pom'
  | 'csproj'
  | 'cargo'
  | 'cargo-lock'
  | 'cmake'
  | 'makefile'
  | 'pyproject'
  | 'gradle'
  | 'mix'
  | 'requirements'
  | 'gemfile-lock'
  | 'script'
  | 'config'
  | 'presence';

const names = new Map<string, FileRole>([
  ...['kustomization.yaml', 'kustomization.yml', 'Kustomization'].map((name) => [name, 'kustomization'] as const),
  ...['skaffold.yaml', 'skaffold.yml'].map((name) => [name, 'skaffold'] as const),
  ['package.json', 'package-json'],
  ['go.mod', 'go-mod'],
  ['pom.xml', 'pom'],
  ['Cargo.toml', 'cargo'],
  ['Cargo.lock', 'cargo-lock'],
  ['CMakeLists.txt', 'cmake'],
  ['Makefile', 'makefile'],
  ['pyproject.toml', 'pyproject'],
  ...['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.properties'].map((name) => [name, 'gradle'] as const),
  ['mix.exs', 'mix'],
  ['Gemfile.lock', 'gemfile-lock'],
  ['.dockerignore', 'dockerignore'],
  ...configNames.map((name) => [name, 'config'] as const),
  // Lock files, wrappers, and other marks of a build tool. Source: each tool's own documentation of the file it writes.
  ...[
    'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', '.yarnrc.yml', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'bun.lock', 'bun.lockb',
    'go.sum', 'mvnw', 'gradlew',
    'poetry.lock', 'uv.lock', 'Pipfile', 'Pipfile.lock', 'pdm.lock', 'Gemfile', 'composer.json', 'composer.lock',
    'mix.lock', 'Chart.yaml', 'tsconfig.json', '.npmrc', 'global.json', 'packages.lock.json', 'Rocket.toml',
    'appsettings.json', 'Directory.Build.props',
  ].map((name) => [name, 'presence'] as const),
]);

/** Folders whose files are somebody else's, or made: nothing in them tells what this repository is. */
export const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules', '.git', '.hg', '.svn', '.jj', '.terraform', '.venv', '__pycache__', '.cache', '.next', '.gradle',
]);

/** Folders of what programs read while they run: pages, templates, and the steps of a database schema. */
export const dataFolders: readonly string[] = ['templates', 'template', 'views', 'static', 'public', 'web', 'ui', 'assets', 'migrations'];
/** Such a file by its path, at most two folders deep in them. Charts have templates, too, in YAML. */
const data = new RegExp(`(?:^|/)(?:${dataFolders.join('|')})/(?:[\\w.-]+/)?[\\w.-]+\\.(?:html?|gohtml|tmpl|gotmpl|tera|hbs|mustache|ejs|pug|liquid|sql)$`, 'i');

/** A Dockerfile by its name: `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `Containerfile`. */
export function isDockerfileName(name: string): boolean {
  if (/\.(?:md|txt|dockerignore|sh|json|tpl|j2|erb|template)$/i.test(name)) return false;
  return /^(?:docker|container)file(?:[.\-_].+)?$/i.test(name) || /\.(?:docker|container)file$/i.test(name);
}

/** The role of a file by its path; undefined for files that tell the others nothing. */
export function fileRole(path: string): FileRole | undefined {
  const name = nameOf(path);
  const known = names.get(name);
  if (known !== undefined) return known;
  if (name.endsWith('.dockerignore')) return 'dockerignore';
  if (isDockerfileName(name)) return 'dockerfile';
  if (/^(?:docker-)?compose(?:[.\-_][a-z0-9.\-_]*)?\.ya?ml$/i.test(name)) return 'compose';
  if (/^skaffold[.\-_][a-z0-9.\-_]*\.ya?ml$/i.test(name)) return 'skaffold';
  if (/\.ya?ml$/i.test(name)) return 'manifest';
  if (/\.(?:cs|fs|vb)proj$/i.test(name)) return 'csproj';
  if (/\.slnx?$/i.test(name)) return 'presence';
  // pip reads whatever name it is given; these are the ones that people give.
  if (/^(?:requirements|constraints)(?:[-_.][\w.-]+)?\.txt$/.test(name) || /(?:^|\/)requirements\/[\w.-]+\.txt$/.test(path)) return 'requirements';
  if (/\.(?:sh|bash)$/i.test(name) || /^(?:docker-)?entry-?point$/i.test(name)) return 'script';
  return isDataFile(path) ? 'presence' : undefined;
}

/** Is it a page, a template or a step of a schema in a folder for such? */
export function isDataFile(path: string): boolean {
  return data.test(path);
}

/** Is the file in a folder that nobody looks into? */
export function isSkipped(path: string): boolean {
  return folderOf(path).split('/').some((folder) => skippedFolders.has(folder));
}
