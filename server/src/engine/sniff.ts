import { isDockerfileName } from './workspace/file-roles.ts';

/** The two languages a document can have; anything else is not ours. */
export type DocumentKind = 'yaml' | 'dockerfile';

/** Editors' language ids that mean "YAML, but somebody else's": staying silent there is part of being precise. */
const foreignLanguages = new Set([
  'dockercompose',
  'yaml.docker-compose',
  'github-actions-workflow',
  'azure-pipelines',
  'ansible',
  'home-assistant',
]);
const yamlLanguages = new Set(['yaml', 'yml', 'kubernetes', 'helm']);
/** Named after a Dockerfile, and none: `Dockerfile.md`, `Dockerfile.j2`. */
const otherDockerfile = /^(?:docker|container)file[.\-_]/i;
const dockerfileLanguages = new Set(['dockerfile', 'containerfile']);

/**
 * What a document is, by its path or URI and the language id its editor gives. The name decides over the id, because
 * editors disagree about ids; undefined means: not ours.
 */
export function kindOf(path: string, languageId?: string): DocumentKind | undefined {
  const language = languageId?.toLowerCase();
  if (language !== undefined && foreignLanguages.has(language)) return undefined;
  const name = baseName(path);
  if (isDockerfileName(name)) return 'dockerfile';
  if (otherDockerfile.test(name)) return undefined;
  if (/\.ya?ml$/i.test(name)) return /^(?:docker-)?compose[.\-_a-z0-9]*\.ya?ml$/i.test(name) ? undefined : 'yaml';
  if (language === undefined) return undefined;
  if (yamlLanguages.has(language)) return 'yaml';
  return dockerfileLanguages.has(language) ? 'dockerfile' : undefined;
}

/** Could this YAML text hold a Kubernetes object? A scan for the two keys every object has; costs no parse. */
export function looksLikeManifest(text: string): boolean {
  return kindKey.test(text) && versionKey.test(text);
}

const kindKey = /(?:^|[\s{,\uFEFF])["']?kind["']?[ \t]*:/;
const versionKey = /(?:^|[\s{,\uFEFF])["']?apiVersion["']?[ \t]*:/;

function baseName(path: string): string {
  const clean = path.replace(/[?#].*$/, '');
  const name = clean.slice(Math.max(clean.lastIndexOf('/'), clean.lastIndexOf('\\')) + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
