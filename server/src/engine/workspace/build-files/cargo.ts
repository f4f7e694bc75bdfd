import { readToml, textItems, type TomlTable } from './toml.ts';

/** What a `Cargo.toml` tells about the programs that are built. */
export interface CargoToml {
  readonly ecosystem: 'rust';
  /** The package's name, which its program bears unless a `[[bin]]` says otherwise; undefined for a mere workspace. */
  readonly name: string | undefined;
  /** Names of `[[bin]]` tables. */
  readonly bins: readonly string[];
  readonly defaultRun: string | undefined;
  /** Folders of members, patterns included; undefined where there is no workspace. */
  readonly members: readonly string[] | undefined;
  readonly dependencies: readonly string[];
}

/** Undefined for what has neither package nor workspace. */
export function readCargoToml(text: string): CargoToml | undefined {
  const tables = readToml(text);
  const named = (name: string): TomlTable | undefined => tables.find((each) => each.name === name)?.table;
  const packageTable = named('package');
  const workspace = named('workspace');
  if (packageTable === undefined && workspace === undefined) return undefined;
  return {
    ecosystem: 'rust',
    name: textAt(packageTable, 'name'),
    bins: tables.filter((each) => each.name === 'bin').flatMap(({ table }) => textAt(table, 'name') ?? []),
    defaultRun: textAt(packageTable, 'default-run'),
    members: workspace === undefined ? undefined : textItems(workspace.keys.get('members')),
    dependencies: [
      ...(named('dependencies')?.keys.keys() ?? []),
      ...tables.flatMap(({ name }) => (name.startsWith('dependencies.') ? [name.slice('dependencies.'.length)] : [])),
    ].map((name) => name.split('.')[0] ?? name),
  };
}

function textAt(table: TomlTable | undefined, key: string): string | undefined {
  const value = table?.keys.get(key);
  return typeof value === 'string' ? value : undefined;
}
