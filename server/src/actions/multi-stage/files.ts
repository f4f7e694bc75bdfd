import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { memo } from '../../engine/dockerfile/memo.ts';
import { directoryOf, isWithin, nameOf } from './paths.ts';
import type { Habits, Product } from './recipe.ts';
import { pathAt, type Site, type Step } from './site.ts';

/** What a COPY or ADD brings into the build stage. */
export interface Brought {
  readonly step: Step;
  /** Files and directories that are no sources, so that the program may read them. */
  readonly files: readonly Product[];
  /** It copies the whole context, or a directory whose content the file does not show. */
  readonly whole: boolean;
}

/** Undefined where a path cannot be read from the file. Instructions other than COPY and ADD bring nothing. */
export function broughtBy(step: Step, habits: Pick<Habits, 'isSource' | 'isTool'> & Partial<Pick<Habits, 'programs'>>): Brought | undefined {
  const { copy } = step;
  if (copy === undefined) return { step, files: [], whole: false };
  const target = copy.destination === undefined ? undefined : pathAt(copy.destination.text, step);
  // `--parents` keeps the directories of its sources, each in its own way.
  if (target === undefined || copy.destination === undefined || copy.instruction.flags.some(({ name }) => name === 'parents')) return undefined;
  const files: Product[] = [];
  let whole = false;
  const many = copy.sources.length + copy.heredocs.length > 1;
  const intoDirectory = many || /(?:^|\/)\.{0,2}$/.test(copy.destination.text) || target === step.workdir;
  for (const { text } of copy.sources) {
    const source = text.replace(/^\.\/(?=.)/, '');
    if (copy.from === undefined && habits.isSource(source) && !isSingledOut(source, target, step)) continue;
    // A tool of the build from an image of its own: `COPY --from=composer /usr/bin/composer`.
    if (copy.from?.image !== undefined && habits.programs?.has(nameOf(source)) === true) continue;
    if (copy.from !== undefined && habits.isTool?.(intoDirectory ? `${target}/${nameOf(source)}` : target) === true) continue;
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

/** Is it a folder within the sources that is put somewhere else on purpose? `COPY internal/templates /templates`. */
function isSingledOut(source: string, target: string, { workdir = '/' }: Step): boolean {
  return source.replace(/\/$/, '').includes('/') && workdir !== '/' && !isWithin(workdir, target);
}

/** Where RUN lines mount files for as long as they run. */
const boundPaths = memo(({ steps }: Site): readonly string[] => [
  ...new Set(steps.flatMap(({ run, workdir }) => run?.mounts.flatMap(({ type, target }) => (type === 'bind' && target !== undefined ? [resolvePath(workdir, target) ?? ''] : [])) ?? [])),
]);

/** Is the path there only while a RUN mounts it, so that no stage holds it? */
export function isOnlyMounted(site: Site, path: string): boolean {
  return boundPaths(site).some((each) => isWithin(each, path)) && !site.steps.some((step) => brings(step, path));
}

/** Does a RUN write the path into a cache mount, so that no stage holds it? */
export function isCached({ run, workdir }: Step, path: string): boolean {
  return run?.mounts.some(({ type, target }) => type === 'cache' && target !== undefined && isWithin(resolvePath(workdir, target) ?? '', path)) === true;
}

/** Does a COPY or ADD put something at the path, or a directory that may hold it? */
function brings(step: Step, path: string): boolean {
  const { copy } = step;
  const target = copy?.destination === undefined ? undefined : pathAt(copy.destination.text, step);
  if (copy === undefined || target === undefined) return false;
  if (target === path) return true;
  if (!isWithin(target, path)) return false;
  const files = copy.sources.filter(({ text }) => looksLikeFile(text));
  if (files.length < copy.sources.length) return copy.sources.some(({ text }) => /^(?:\.?\/?\*?)$/.test(text)) || copy.from !== undefined || directoryOf(path) !== target;
  return directoryOf(path) === target && files.some(({ text }) => nameMatches(nameOf(text), nameOf(path)));
}

function nameMatches(pattern: string, name: string): boolean {
  const source = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    return false;
  }
}

/** Names with an extension, and those that are files by custom. */
function looksLikeFile(source: string): boolean {
  const name = nameOf(source);
  if (source.endsWith('/')) return false;
  return /.\.[\w*?]+$/.test(name) || /^\.[\w.-]+$/.test(name) || /[*?[]/.test(name) || /^(?:Makefile|Procfile|LICENSE|NOTICE|README|VERSION|Dockerfile)$/.test(name);
}

const extension =
  /\.(?:ya?ml|json|jar|toml|ini|conf|cfg|env|properties|xml|pem|crt|cer|key|p12|html?|tmpl|tpl|gohtml|sql|txt|csv|tsv|mmdb|db|sqlite3?|hcl|rego|lua|wasm|m?js|cjs)$/i;

/** Names of options and variables whose value is a path: `-templates`, `--config`, `VIEWS_DIR`. What is only written is left out. */
const forPaths = /(?:conf|config|cfg|dir|directory|path|(?<!pro)file|folder|root|templates?|static|assets?|views?|public|migrations|locales|certs?|schema)$/i;
const forOutput = /(?:^|[-_])(?:logs?|te?mp|cache|pid|sock(?:et)?|url|prefix|api|base)(?:$|[-_]|dir|file|path)/i;
const plainValue = /^(?:\d+|true|false|on|off|yes|no|info|debug|warn|error|default)$/i;

/** The paths that arguments of a command name: `./config.yaml`, `--config=conf`, `-static web/static`. */
export function pathsInArguments(args: readonly (string | undefined)[]): readonly string[] {
  return args.flatMap((word, index) => {
    if (word === undefined) return [];
    const option = /^(-[\w.-]*)=/.exec(word)?.[1];
    if (option !== undefined) return pathsIn(word, option);
    const before = args[index - 1];
    return pathsIn(word, before?.startsWith('-') === true && !before.includes('=') ? before : '');
  });
}

/** The paths that a word, or a value of ENV, names; `name`: of the option or variable that it belongs to. */
export function pathsIn(word: string, name = ''): readonly string[] {
  const agent = /^-(?:javaagent|agentpath|Xbootclasspath\/a):([^=]+)/.exec(word)?.[1];
  const value = agent ?? (/^-[\w.-]*=/.test(word) ? word.slice(word.indexOf('=') + 1) : word).replace(/^file:(?:\/\/)?(?=.)/, '');
  if (/[:\s$]|^-/.test(value) || value === '' || value === '/') return [];
  if (/^\.{0,2}\//.test(value) || extension.test(value)) return [value];
  if (/^[\w.@-]+(?:\/[\w.@-]+)+\/?$/.test(value)) return [value];
  return forPaths.test(name) && !forOutput.test(name) && !plainValue.test(value) && /^[\w.-]+\/?$/.test(value) ? [value] : [];
}
