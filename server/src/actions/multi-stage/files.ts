import { isWithin, nameOf } from './paths.ts';
import type { Habits, Product } from './recipe.ts';
import { pathAt, type Step } from './site.ts';

/** What a COPY or ADD brings into the build stage. */
export interface Brought {
  readonly step: Step;
  /** Files and directories that are no sources, so that the program may read them. */
  readonly files: readonly Product[];
  /** It copies the whole context, or a directory whose content the file does not show. */
  readonly whole: boolean;
}

/** Undefined where a path cannot be read from the file. Instructions other than COPY and ADD bring nothing. */
export function broughtBy(step: Step, habits: Habits): Brought | undefined {
  const { copy } = step;
  if (copy === undefined) return { step, files: [], whole: false };
  const target = copy.destination === undefined ? undefined : pathAt(copy.destination.text, step);
  if (target === undefined || copy.destination === undefined) return undefined;
  const files: Product[] = [];
  let whole = false;
  const many = copy.sources.length + copy.heredocs.length > 1;
  const intoDirectory = many || /(?:^|\/)\.{0,2}$/.test(copy.destination.text) || target === step.workdir;
  for (const { text } of copy.sources) {
    const source = text.replace(/^\.\/(?=.)/, '');
    if (copy.from === undefined && habits.isSource(source)) continue;
    if (/^(?:\.?\/?\*?|\.\.)$/.test(source)) whole = true;
    else if (!looksLikeFile(source)) {
      // A directory's content goes to the target; into the working directory it is the project itself.
      if (step.workdir !== undefined && isWithin(target, step.workdir)) whole = true;
      else files.push({ path: target, destination: target });
    } else if (/\.(?:tar|tgz|tar\.\w+|zip)$/.test(source) && copy.keyword === 'ADD') {
      if (step.workdir !== undefined && isWithin(target, step.workdir)) whole = true;
      else files.push({ path: target, destination: target });
    } else {
      const path = intoDirectory ? `${target === '/' ? '' : target}/${nameOf(source)}` : target;
      files.push({ path, destination: /[*?[]/.test(source) ? `${target === '/' ? '' : target}/` : path });
    }
  }
  if (copy.heredocs.length > 0) files.push({ path: target, destination: target });
  return { step, files, whole };
}

/** Names with an extension, and those that are files by custom. */
function looksLikeFile(source: string): boolean {
  const name = nameOf(source);
  if (source.endsWith('/')) return false;
  return /.\.[\w*?]+$/.test(name) || /^\.[\w.-]+$/.test(name) || /[*?[]/.test(name) || /^(?:Makefile|Procfile|LICENSE|NOTICE|README|VERSION|Dockerfile)$/.test(name);
}

const extension =
  /\.(?:ya?ml|json|toml|ini|conf|cfg|env|properties|xml|pem|crt|cer|key|p12|html?|tmpl|tpl|gohtml|sql|txt|csv|tsv|mmdb|db|sqlite3?|hcl|rego|lua|wasm|m?js|cjs)$/i;

/** The paths that a word of a command, or a value of ENV, names: `./config.yaml`, `--config=/app/conf`. */
export function pathsIn(word: string): readonly string[] {
  const value = /^-[\w-]*=/.test(word) ? word.slice(word.indexOf('=') + 1) : word;
  if (/[:\s]|^-/.test(value) || value === '' || value === '/') return [];
  return /^\.{0,2}\//.test(value) || extension.test(value) ? [value] : [];
}
