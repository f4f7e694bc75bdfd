import { copyOf, type Copy } from '../engine/dockerfile/copy.ts';
import { resolvePath, workdirAt } from '../engine/dockerfile/facts.ts';
import type { Stage } from '../engine/dockerfile/model.ts';
import { expand } from '../engine/dockerfile/variables.ts';
import type { Argv } from '../engine/shell/argv.ts';
import { madeBy, compiles, type Made } from './compiled-output.ts';
import { isWithin, nameOf } from './multi-stage/paths.ts';
import { siteOf, type Site } from './multi-stage/site.ts';
import { isScriptFile, programPath, startOf } from './multi-stage/start.ts';

/** A final stage that holds the sources of the one program it runs, though another stage has built that. */
export interface ShippedSources {
  /** The COPY that brings them. */
  readonly copy: Copy;
  /** What runs, as the start command writes it. */
  readonly program: string;
  readonly args: readonly (string | undefined)[];
  /** Where that would do: what to copy instead. Undefined where the sources come from the build context. */
  readonly artifact: { readonly from: string; readonly to: string } | undefined;
  readonly made: Made;
  /** The stage that built it. */
  readonly site: Site;
}

/** Undefined where the stage runs no compiled program, or several, where it builds something itself, and where the file does not show who built it. */
export function shippedSources(stage: Stage): ShippedSources | undefined {
  const start = startOf(stage);
  const [program] = start?.programs ?? [];
  const final = siteOf(stage);
  if (start?.programs.length !== 1 || program === undefined || start.moves || final.steps.some(compiles)) return undefined;
  const started = startedFile(program, final.workdir);
  if (started === undefined) return undefined;
  const copies = stage.instructions.flatMap((each) => copyOf(each) ?? []);
  for (const copy of copies) {
    const found = copy.from?.stage === undefined ? fromContext(stage, copy, copies, started.path) : fromStage(stage, copy, copy.from.stage, started.path);
    if (found !== undefined) return { ...found, copy, program: started.written, args: started.args };
  }
  return undefined;
}

/** `COPY --from=build /src .`: the working directory of the build, sources and all. */
function fromStage(stage: Stage, copy: Copy, builder: Stage, started: string): Pick<ShippedSources, 'artifact' | 'made' | 'site'> | undefined {
  const [source] = copy.sources;
  const from = pathOf(copy, source?.text, '/');
  const to = pathOf(copy, copy.destination?.text, workdirAt(stage, copy.instruction));
  if (from === undefined || to === undefined || copy.sources.length > 1 || /[*?[]/.test(from) || !isWithin(to, started) || started === to) return undefined;
  if (copy.instruction.flags.some(({ name }) => name === 'exclude' || name === 'parents')) return undefined;
  const site = siteOf(builder);
  const holdsSources = site.steps.some((step) => {
    const into = step.copy === undefined ? undefined : pathOf(step.copy, step.copy.destination?.text, step.workdir);
    return into !== undefined && into !== '/' && isWholeContext(step.copy) && isWithin(from, into);
  });
  const made = holdsSources ? madeBy(site, (from === '/' ? '' : from) + started.slice(to === '/' ? 0 : to.length)) : undefined;
  if (made === undefined || made.path === from) return undefined;
  const inside = made.path.slice(from === '/' ? 0 : from.length);
  return { site, made, artifact: { from: made.path, to: (to === '/' ? '' : to) + inside } };
}

/** `COPY . .` beside a program that another stage made: nothing below it uses what it brings. */
function fromContext(stage: Stage, copy: Copy, copies: readonly Copy[], started: string): Pick<ShippedSources, 'artifact' | 'made' | 'site'> | undefined {
  if (!isWholeContext(copy) || stage.instructions.some(({ keyword, index }) => keyword === 'RUN' && index > copy.instruction.index)) return undefined;
  for (const other of copies) {
    const [source] = other.sources;
    const from = pathOf(other, source?.text, '/');
    const to = pathOf(other, other.destination?.text, workdirAt(stage, other.instruction));
    if (other.from?.stage === undefined || from === undefined || to === undefined) continue;
    const site = siteOf(other.from.stage);
    const made = started === to || started === `${to === '/' ? '' : to}/${nameOf(from)}` ? madeBy(site, from) : undefined;
    if (made !== undefined) return { site, made, artifact: undefined };
  }
  return undefined;
}

interface Started {
  readonly path: string;
  readonly written: string;
  readonly args: readonly (string | undefined)[];
}

/** The file that is run: the program, or what `java -jar` and `dotnet` are given. */
function startedFile(program: Argv, workdir: string | undefined): Started | undefined {
  const { name, args } = program;
  const at = name === 'java' ? args.indexOf('-jar') + 1 : name === 'dotnet' && args[0]?.endsWith('.dll') === true ? 0 : undefined;
  if (at !== undefined) {
    const file = name === 'java' && at === 0 ? undefined : args[at];
    const path = file === undefined ? undefined : resolvePath(workdir, file);
    return path === undefined || file === undefined ? undefined : { path, written: file, args: args.slice(at + 1) };
  }
  const path = isScriptFile(program) ? undefined : programPath(program, workdir);
  return path === undefined ? undefined : { path, written: program.program ?? '', args };
}

function isWholeContext(copy: Copy | undefined): boolean {
  return copy?.from === undefined && copy?.sources.some(({ text }) => /^\.\/?$/.test(text)) === true;
}

function pathOf({ instruction }: Copy, text: string | undefined, directory: string | undefined): string | undefined {
  const path = text === undefined ? undefined : expand(text, instruction);
  return path === undefined || path === '' ? undefined : resolvePath(directory, path);
}
