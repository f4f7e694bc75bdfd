/** Typing as people do it, by a seed: the same seed types the same. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { SourceText } from '../../server/src/engine/text/source.ts';

/** One notification of an editor. */
export interface Typed {
  readonly changes: TextDocumentContentChangeEvent[];
  /** The text that they lead to, put together without the server's code. */
  readonly text: string;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What is typed by hand: indicators, keys, half words, other scripts. */
const keystrokes = [
  ':', ' ', '-', '- ', '"', "'", '{', '}', '[', ']', '#', '|', '>', '&a ', '*a', '!', '?', '%', '\\', '\t', 'a', '0', '…', '中', '😀',
  '{{ .Values.x }}', '{{', '{{- end }}', '---\n', '...\n', '\n', '\r\n', '\r', '\n\n', '  ', 'image: ', 'ports:\n', 'RUN ', 'FROM ', '<<EOF\n', '\\\n', 'name: x\n',
];

/** A typist at a text. Each call is one notification: mostly one change, sometimes a few, sometimes an undo. */
export function typist(text: string, roll: () => number): () => Typed {
  const past: string[] = [];
  let current = text;
  const below = (end: number): number => Math.floor(roll() * end);
  const any = (): number => below(current.length + 1);

  /** Editors count in positions, and none of these stands inside CR LF or a surrogate pair. */
  function change(from: number, to: number, newText: string): TextDocumentContentChangeEvent {
    const source = new SourceText(current);
    const start = source.positionAt(splits(current, from) ? from - 1 : from);
    const end = source.positionAt(splits(current, to) ? to + 1 : to);
    current = current.slice(0, source.offsetAt(start)) + newText + current.slice(source.offsetAt(end));
    return { range: { start, end }, text: newText };
  }

  /** A line with its line end. */
  function line(): { readonly start: number; readonly end: number } {
    const at = any();
    const end = current.indexOf('\n', at);
    return { start: at === 0 ? 0 : current.lastIndexOf('\n', at - 1) + 1, end: end < 0 ? current.length : end + 1 };
  }

  /** Some text of the document itself. */
  function copied(most: number): string {
    const from = any();
    return current.slice(from, from + below(most));
  }

  const ways: readonly (() => TextDocumentContentChangeEvent)[] = [
    () => insert(keystrokes[below(keystrokes.length)] ?? ' '),
    () => insert(keystrokes[below(keystrokes.length)] ?? ' '),
    () => insert(copied(400)),
    () => {
      const at = any();
      return change(at, Math.min(current.length, at + 1 + below(3)), '');
    },
    () => {
      const at = any();
      return change(at, Math.min(current.length, at + below(200)), roll() < 0.5 ? '' : copied(80));
    },
    () => {
      const { start, end } = line();
      return change(start, end, '');
    },
    () => {
      const { start, end } = line();
      return change(end, end, current.slice(start, end));
    },
    () => {
      const { start, end } = line();
      const written = current.slice(start, end);
      return change(start, end, /^\s*# /.test(written) ? written.replace('# ', '') : `# ${written}`);
    },
    () => {
      const { start } = line();
      const indent = /^[ \t]*/.exec(current.slice(start))?.[0] ?? '';
      const at = Math.min(current.length, start + below(40));
      return change(at, at, `\n${indent}`);
    },
    () => {
      const { start, end } = line();
      const written = current.slice(start, end);
      return change(start, end, roll() < 0.5 ? `  ${written}` : written.replace(/^ {1,2}/, ''));
    },
  ];

  function insert(newText: string): TextDocumentContentChangeEvent {
    const at = any();
    return change(at, at, newText);
  }

  function undo(): TextDocumentContentChangeEvent {
    const before = past.at(-1 - below(3)) ?? text;
    if (roll() < 0.2) {
      current = before;
      return { text: before };
    }
    let head = 0;
    while (head < Math.min(before.length, current.length) && before[head] === current[head]) head += 1;
    while (splits(current, head) || splits(before, head)) head -= 1;
    return change(head, current.length, before.slice(head));
  }

  return () => {
    const isUndo = past.length > 3 && roll() < 0.15;
    const count = roll() < 0.2 ? 2 + below(4) : 1;
    const was = current;
    const changes = isUndo ? [undo()] : Array.from({ length: count }, () => (ways[below(ways.length)] ?? undo)());
    past.push(was);
    return { changes, text: current };
  };
}

function splits(text: string, offset: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}
