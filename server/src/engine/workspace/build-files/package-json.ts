import { asMap, asText, jsonMap, textEntries } from './json.ts';

/** What a `package.json` tells about how the program is built and started. */
export interface PackageJson {
  readonly ecosystem: 'node';
  readonly name: string | undefined;
  /** `module` or `commonjs`, where it is said. */
  readonly type: string | undefined;
  readonly main: string | undefined;
  readonly scripts: ReadonlyMap<string, string>;
  /** Names with version ranges. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  /** `pnpm@9.1.0`: what Corepack goes by. */
  readonly packageManager: string | undefined;
  /** `engines.node`. */
  readonly node: string | undefined;
  readonly hasWorkspaces: boolean;
}

/** Undefined for a text that is no JSON object. */
export function readPackageJson(text: string): PackageJson | undefined {
  const root = jsonMap(text);
  if (root === undefined) return undefined;
  return {
    ecosystem: 'node',
    name: asText(root['name']),
    type: asText(root['type']),
    main: asText(root['main']),
    scripts: textEntries(root['scripts']),
    dependencies: new Map([...textEntries(root['optionalDependencies']), ...textEntries(root['dependencies'])]),
    devDependencies: textEntries(root['devDependencies']),
    packageManager: asText(root['packageManager']),
    node: asText(asMap(root['engines'])?.['node']),
    hasWorkspaces: root['workspaces'] !== undefined,
  };
}
