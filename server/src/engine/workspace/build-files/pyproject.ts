import { isTable, readToml, textItems, type TomlTable } from './toml.ts';

/** What a `pyproject.toml` tells about how a Python program is installed. */
export interface Pyproject {
  readonly ecosystem: 'python';
  readonly name: string | undefined;
  /** `>=3.12`. */
  readonly requiresPython: string | undefined;
  /** `poetry.core.masonry.api`, `hatchling.build`… */
  readonly buildBackend: string | undefined;
  /** Tools with a table of their own: `poetry`, `uv`, `pdm`, `hatch`… */
  readonly tools: readonly string[];
  /** Names of what is needed at run time. */
  readonly dependencies: readonly string[];
  /** Names of the programs that are installed. */
  readonly scripts: readonly string[];
}

/** Never undefined: a file that only configures tools is one all the same. */
export function readPyproject(text: string): Pyproject {
  const tables = readToml(text);
  const named = (name: string): TomlTable | undefined => tables.find((each) => each.name === name)?.table;
  const project = named('project');
  const poetry = named('tool.poetry');
  const textOf = (table: TomlTable | undefined, key: string): string | undefined => {
    const value = table?.keys.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const poetryNeeds = [...(named('tool.poetry.dependencies')?.keys.keys() ?? [])].filter((name) => name !== 'python');
  const inline = project?.keys.get('scripts');
  return {
    ecosystem: 'python',
    name: textOf(project, 'name') ?? textOf(poetry, 'name'),
    requiresPython: textOf(project, 'requires-python') ?? textOf(named('tool.poetry.dependencies'), 'python'),
    buildBackend: textOf(named('build-system'), 'build-backend'),
    tools: [...new Set(tables.flatMap(({ name }) => (name.startsWith('tool.') ? [name.split('.')[1] ?? ''] : [])))],
    dependencies: [...textItems(project?.keys.get('dependencies')).map(requirementName), ...poetryNeeds],
    scripts: [
      ...(named('project.scripts')?.keys.keys() ?? []),
      ...(isTable(inline) ? inline.keys.keys() : []),
      ...(named('tool.poetry.scripts')?.keys.keys() ?? []),
    ],
  };
}

/** `uvicorn` of `uvicorn[standard]>=0.30; python_version > "3.9"` (PEP 508). */
function requirementName(requirement: string): string {
  return /^[\w.-]+/.exec(requirement.trim())?.[0] ?? requirement;
}
