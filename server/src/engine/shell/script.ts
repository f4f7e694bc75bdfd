import { parse } from 'unbash';
import type * as bash from 'unbash';
import { recently } from '../text/recent.ts';
import type { Span } from '../text/span.ts';
import type { CompoundCommand, Connector, Enclosure, Pipeline, Redirect, Script, SimpleCommand, Statement } from './model.ts';
import { identityMap, sourceSpan, type OffsetMap } from '../text/offset-map.ts';
import { redirectOf, assignmentOf, wordOf, type Reader } from './words.ts';

/** Longer texts are not parsed: no start command or RUN line of a person comes near it (UTF-16 code units). */
const longest = 262_144;

/**
 * Reads a shell text. Never throws: what cannot be read is in `errors`, and the commands before it are still there.
 * @param map leads from offsets of `text` to offsets of the source; without it the text is the source.
 */
export function parseScript(text: string, map: OffsetMap = identityMap(text.length)): Script {
  const read: Reader = { text, map };
  const ast = parsed(text);
  const statements = ast.commands.length === 0 ? [] : list(read, ast.commands, 'top', false);
  let flat: readonly SimpleCommand[] | undefined;
  return {
    text,
    map,
    statements,
    commands: () => (flat ??= statements.flatMap(simpleCommands)),
    errors: (ast.errors ?? []).map(({ message, pos }) => ({
      message,
      span: sourceSpan(map, { start: pos, end: Math.min(pos + 1, text.length) }),
    })),
  };
}

/** Every simple command of a statement in source order, those in compound commands included. */
export function simpleCommands(statement: Statement): readonly SimpleCommand[] {
  return statement.pipelines.flatMap((pipeline) =>
    pipeline.commands.flatMap((command) => (command.kind === 'simple' ? [command] : command.body.flatMap(simpleCommands))),
  );
}

/** The one simple command that is the whole script, without `!`, `&` and pipes; undefined for everything else. */
export function onlyCommand(script: Script): SimpleCommand | undefined {
  const [statement, second] = script.statements;
  if (statement === undefined || second !== undefined || statement.background) return undefined;
  const [pipeline, other] = statement.pipelines;
  if (pipeline === undefined || other !== undefined || pipeline.negated) return undefined;
  const [command, next] = pipeline.commands;
  return command?.kind === 'simple' && next === undefined ? command : undefined;
}

/** The texts of the longest file and of what a fix makes of it. */
const mostCharacters = 524_288;

const parsed = recently(mostCharacters, (text: string): bash.ParsedScript => {
  const nothing = (message: string): bash.ParsedScript => ({
    type: 'Script', pos: 0, end: text.length, shebang: undefined, commands: [], errors: [{ message, pos: 0 }],
  });
  if (text.length > longest) return nothing('too long');
  try {
    return parse(text);
  } catch (error) {
    // The parser promises not to throw; a user's editor must not depend on that promise.
    return nothing(error instanceof Error ? error.message : 'unreadable');
  }
});

function list(read: Reader, nodes: readonly bash.Statement[], inside: Enclosure, background: boolean): readonly Statement[] {
  let before: Connector | undefined;
  return nodes.map((node) => {
    const away = background || node.background === true;
    const statement: Statement = {
      pipelines: pipelines(read, node.command, { inside, background: away, connector: before }),
      background: node.background === true,
      span: at(read, node),
    };
    before = node.background === true ? '&' : ';';
    return statement;
  });
}

interface Place {
  readonly inside: Enclosure;
  readonly background: boolean;
  readonly connector: Connector | undefined;
}

function pipelines(read: Reader, node: bash.Statement['command'], place: Place): readonly Pipeline[] {
  if (node.type !== 'AndOr') return [pipeline(read, node, undefined, place)];
  return node.commands.map((each, index) => {
    const connector = index === 0 ? undefined : node.operators[index - 1];
    return pipeline(read, each, connector, connector === undefined ? place : { ...place, connector });
  });
}

function pipeline(read: Reader, node: bash.PipelineNode, connector: '&&' | '||' | undefined, place: Place): Pipeline {
  const nodes = node.type === 'Pipeline' ? node.commands : [node];
  const negated = node.type === 'Pipeline' && node.prefixes.some((prefix) => prefix.type === 'Negation');
  const commands = nodes.map((each, index) => command(read, each, index === 0 ? place : { ...place, connector: '|' }));
  return { connector, negated, commands, span: at(read, node) };
}

function command(read: Reader, node: bash.CommandNode, place: Place): SimpleCommand | CompoundCommand {
  if (node.type === 'Command') return simple(read, node, place);
  if (node.type === 'Redirected') {
    const inner = compound(read, node.command, place);
    return { ...inner, redirects: node.redirects.map((each) => redirectOf(read, each)), span: at(read, node) };
  }
  return compound(read, node, place);
}

function simple(read: Reader, node: bash.Command, { inside, background, connector }: Place): SimpleCommand {
  const name = node.name === undefined ? undefined : wordOf(read, node.name);
  // An assignment behind the name (`export A=1`) is an argument like any other.
  const args = node.args.map((arg) => wordOf(read, arg));
  const redirects: readonly Redirect[] = node.redirects.map((each) => redirectOf(read, each));
  const assignments = node.prefix.flatMap((each) => (each.type === 'Assignment' ? [assignmentOf(read, each)] : []));
  return {
    kind: 'simple',
    name,
    words: name === undefined ? args : [name, ...args],
    assignments,
    redirects,
    background,
    connector,
    inside,
    span: at(read, node),
    local: { start: node.pos, end: node.end },
    text: read.text.slice(node.pos, node.end),
  };
}

function compound(read: Reader, node: Exclude<bash.CommandNode, bash.Command | bash.Redirected>, place: Place): CompoundCommand {
  const make = (type: CompoundCommand['type'], lists: readonly bash.CompoundList[], isBranch: (index: number) => boolean = () => false): CompoundCommand => {
    const bodies = type === 'test' ? [] : lists.map((each) => list(read, each.commands, type, place.background));
    return { kind: 'compound', type, name: undefined, body: bodies.flat(), branches: bodies.filter((_, index) => isBranch(index)), redirects: [], span: at(read, node) };
  };
  switch (node.type) {
    case 'Subshell':
      return make('subshell', [node.body]);
    case 'BraceGroup':
      return make('group', [node.body], () => true);
    case 'If': {
      const chosen = [node.clause, node.then, ...node.elif.flatMap((each) => [each.clause, each.then])];
      return make('if', [...chosen, ...(node.else === undefined ? [] : [node.else])], (index) => index % 2 === 1 || index === chosen.length);
    }
    case 'While':
      return make('loop', [node.clause, node.body]);
    case 'For':
    case 'ArithmeticFor':
    case 'Select':
      return make('loop', [node.body]);
    case 'Case':
      return make('case', node.items.map((item) => item.body), () => true);
    case 'Function':
      return { ...make('function', []), name: wordOf(read, node.name), body: bodyOf(read, node.body, 'function', place) };
    case 'Coproc':
      return { ...make('coproc', []), body: bodyOf(read, node.body, 'coproc', { ...place, background: true }) };
    case 'TestCommand':
    case 'ArithmeticCommand':
      return make('test', []);
  }
}

/** The body of a function or coprocess is a command, not a list; braces around it say nothing more. */
function bodyOf(read: Reader, node: bash.Function['body'] | bash.Coproc['body'], inside: Enclosure, place: Place): readonly Statement[] {
  if (node.type === 'CompoundList' || node.type === 'BraceGroup') {
    return list(read, node.type === 'BraceGroup' ? node.body.commands : node.commands, inside, place.background);
  }
  const within: Place = { inside, background: place.background, connector: undefined };
  return [{ pipelines: [pipeline(read, node, undefined, within)], background: false, span: at(read, node) }];
}

function at(read: Reader, node: { readonly pos: number; readonly end: number }): Span {
  return sourceSpan(read.map, { start: node.pos, end: node.end });
}
