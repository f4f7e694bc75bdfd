/** Other spellings of the same document: what a rule says must not depend on them, and its fix must respect them. */
import fc from 'fast-check';
import { type Document, isMap, isNode, isScalar, isSeq, type Node, parseAllDocuments, Scalar, visit } from 'yaml';
import type { FixtureKind } from './fixture.ts';

/** Decisions of a generator: each question gets the next answer. */
type Dice = (faces: number) => number;

/** Respellings of `text`. A spelling that would mean something else comes out as undefined. */
export function respellings(kind: FixtureKind, text: string): fc.Arbitrary<string | undefined> {
  return fc.infiniteStream(fc.nat({ max: 999 })).map((stream) => {
    const dice: Dice = (faces) => (stream.next().value as number) % faces;
    const spelled = kind === 'yaml' ? respellYaml(text, dice) : respellDockerfile(text, dice);
    return spelled === undefined ? undefined : finish(spelled, dice);
  });
}

function finish(text: string, dice: Dice): string {
  const ended = dice(4) === 0 ? text.replace(/\n+$/, '') : text;
  const lines = dice(3) === 0 ? ended.replaceAll('\n', '\r\n') : ended;
  return dice(6) === 0 ? `\ufeff${lines}` : lines;
}

function respellYaml(text: string, dice: Dice): string | undefined {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some((document) => document.errors.length > 0 || text.includes('{{'))) return undefined;
  const before = JSON.stringify(documents.map((document) => document.toJS() as unknown));
  const style = { indent: [2, 2, 4, 3][dice(4)] ?? 2, indentSeq: dice(2) === 0, lineWidth: 0, flowCollectionPadding: dice(2) === 0 };
  for (const document of documents) decorate(document, dice);
  const parts = documents.map((document) => document.toString({ ...style, directives: null }).replace(/\n*$/, '\n'));
  const start = dice(3) === 0 ? '---\n' : '';
  const end = dice(6) === 0 ? '...\n' : '';
  const spelled = start + parts.join(dice(3) === 0 ? '--- # next\n' : '---\n') + end;
  const again = parseAllDocuments(spelled, { uniqueKeys: false, logLevel: 'silent' });
  const after = JSON.stringify(Array.isArray(again) ? again.map((document) => document.toJS() as unknown) : undefined);
  return before === after ? spelled : undefined;
}

/** Comments, blank lines, quotes and flow style, here and there. */
function decorate(document: Document.Parsed, dice: Dice): void {
  let count = 0;
  const note = (): string => ` note ${String((count += 1))}${dice(5) === 0 ? ' 容器 😀' : ''}`;
  visit(document, {
    Pair: (_, pair) => {
      const { key, value } = pair;
      if (isScalar(key)) {
        if (dice(12) === 0) key.type = dice(2) === 0 ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE;
        if (dice(10) === 0) key.commentBefore = note();
        if (dice(20) === 0) key.spaceBefore = true;
      }
      if (isScalar(value)) {
        if (dice(8) === 0) value.comment = note();
        if (typeof value.value === 'string' && dice(8) === 0) value.type = Scalar.QUOTE_DOUBLE;
      }
    },
    Seq: (_, sequence) => {
      for (const item of sequence.items) if (isNode(item) && dice(10) === 0) item.commentBefore = note();
      if (dice(8) === 0 && isPlain(sequence)) sequence.flow = true;
    },
    Map: (_, map) => {
      if (dice(25) === 0 && isPlain(map)) map.flow = true;
    },
  });
}

/** Flow style cannot hold comments of lines or block scalars, so only collections without any become flow. */
function isPlain(node: Node): boolean {
  let plain = true;
  visit(node, {
    Node: (_, inner) => {
      if (isScalar(inner) && (inner.type === Scalar.BLOCK_LITERAL || inner.type === Scalar.BLOCK_FOLDED)) plain = false;
      if ((inner.comment ?? inner.commentBefore ?? '') !== '' || inner.spaceBefore === true) plain = false;
      if ((isMap(inner) || isSeq(inner)) && inner.anchor !== undefined) plain = false;
    },
  });
  return plain;
}

/** Keyword case, indentation, blank and comment lines between and inside instructions. Heredocs and escapes stay as they are. */
function respellDockerfile(text: string, dice: Dice): string | undefined {
  if (/<<|^#\s*escape\s*=/im.test(text)) return text.replaceAll('\r\n', '\n');
  const lines: string[] = [];
  let inside = false;
  let directives = true;
  for (const line of text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n').split('\n')) {
    const comment = /^\s*#/.test(line);
    if (directives && /^#\s*\w+\s*=/.test(line)) {
      lines.push(line);
      continue;
    }
    directives = false;
    if (line.trim() !== '' && dice(8) === 0) lines.push(`${dice(2) === 0 ? '' : '  '}# note ${String(lines.length)}`);
    if (!inside && dice(12) === 0) lines.push('');
    if (inside || comment || line.trim() === '') lines.push(line);
    else lines.push((dice(10) === 0 ? '  ' : '') + line.replace(/^\s*[a-z]+/i, (word) => (dice(5) === 0 ? word.toLowerCase() : word)));
    inside = comment ? inside : /\\[ \t]*$/.test(line);
  }
  return lines.join('\n').replace(/\n*$/, '\n');
}
