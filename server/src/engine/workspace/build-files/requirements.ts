/** What a requirements file of pip tells about the packages that it installs. */
export interface Requirements {
  readonly ecosystem: 'pip';
  /** Names as PyPI compares them: lower case, with dashes. */
  readonly names: readonly string[];
  /** Names with an extra, as `psycopg[binary]`. */
  readonly extras: readonly string[];
  /** Other files of requirements that it names, which count as well: paths as written. */
  readonly includes: readonly string[];
  /** It holds lines that do not name their package: a directory, an archive, an address. */
  readonly hasUnnamed: boolean;
}

const mostLines = 5_000;

/** Source: pip's "Requirements File Format", PEP 508. Comments begin with ` #`, and lines go on behind a backslash. */
export function readRequirements(text: string): Requirements {
  const names: string[] = [];
  const extras: string[] = [];
  const includes: string[] = [];
  let hasUnnamed = false;
  const lines = text.replace(/^\ufeff/, '').replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  for (const line of lines.slice(0, mostLines)) {
    const plain = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (plain === '') continue;
    const include = /^(?:-r|--requirement)[\s=]*(\S+)/.exec(plain)?.[1];
    if (include !== undefined) {
      includes.push(include);
      continue;
    }
    const requirement = readRequirement(plain);
    if (requirement !== undefined) {
      names.push(requirement.name);
      extras.push(...requirement.extras);
    } else if (!plain.startsWith('-') || /^(?:-e|--editable)\b/.test(plain)) hasUnnamed = true;
  }
  return { ecosystem: 'pip', names, extras, includes, hasUnnamed };
}

/** The package of one requirement as pip is given it: `psycopg[binary]>=3`; undefined for a directory or an address without a name. */
export function readRequirement(text: string): { readonly name: string; readonly extras: readonly string[] } | undefined {
  const egg = /^(?:(?:-e|--editable)[\s=]+)?(?:\w+\+)?\w+:\/\/\S*#egg=([\w.-]+)/.exec(text)?.[1];
  if (egg !== undefined) return { name: packageName(egg), extras: [] };
  const found = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(?:[<>=!~;@,]|$|\s)/.exec(text);
  const [, written, list = ''] = found ?? [];
  if (written === undefined || /\.(?:whl|zip|tar\.gz|tgz)$/.test(written)) return undefined;
  const name = packageName(written);
  return { name, extras: list.split(',').flatMap((each) => (each.trim() === '' ? [] : [`${name}[${each.trim()}]`])) };
}

/** A name as PyPI compares it (PEP 503). */
export function packageName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
