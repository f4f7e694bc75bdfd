/** The view over real Dockerfiles: never an exception, spans that hold, and the same answers as an independent parser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandOf, shellScriptOf } from '../../server/src/engine/dockerfile/command.ts';
import { copyOf } from '../../server/src/engine/dockerfile/copy.ts';
import { distributionOf, packageManager, shellKind } from '../../server/src/engine/dockerfile/family.ts';
import { stageFacts } from '../../server/src/engine/dockerfile/facts.ts';
import type { Dockerfile } from '../../server/src/engine/dockerfile/model.ts';
import { packageInstalls, removedPackages } from '../../server/src/engine/dockerfile/packages.ts';
import { isWindows } from '../../server/src/engine/dockerfile/platform.ts';
import { runOf } from '../../server/src/engine/dockerfile/run.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { expand } from '../../server/src/engine/dockerfile/variables.ts';
import { toExecForm } from '../../server/src/engine/shell/exec-form.ts';
import { parseScript } from '../../server/src/engine/shell/script.ts';
import type { Span } from '../../server/src/engine/text/span.ts';
import { corpus, missing } from '../corpus/corpus.ts';
import { scan } from './scanner.ts';

const files = corpus().filter(({ type }) => type === 'dockerfile');

/** Asks for everything the view can tell, and gives back every span it told. */
function everything(file: Dockerfile): readonly Span[] {
  for (const stage of file.stages) {
    stageFacts(stage);
    distributionOf(stage);
    shellKind(stage);
    packageManager(stage);
    isWindows(stage);
  }
  return file.instructions.flatMap((instruction) => {
    expand(instruction.args, instruction);
    const command = commandOf(instruction);
    const script = command === undefined ? undefined : shellScriptOf(command);
    if (script !== undefined) toExecForm(script);
    const run = runOf(instruction);
    const packages = run === undefined ? [] : [...packageInstalls(run), ...removedPackages(run)].flatMap((each) => each.packages);
    const copy = copyOf(instruction);
    const { span, keywordSpan, argsSpan, flags, heredocs } = instruction;
    return [
      span, keywordSpan, argsSpan, ...flags.map((each) => each.span), ...heredocs.flatMap((each) => [each.bodySpan, each.endSpan]),
      ...(command?.wordSpans ?? []), ...(script?.commands() ?? []).flatMap((each) => [each.span, ...each.words.map((word) => word.span)]),
      ...packages.map((each) => each.span), ...(copy?.sources ?? []).map((each) => each.span),
    ];
  });
}

/** Spans that leave the text or run backwards, and instructions that overlap. */
function misplaced(file: Dockerfile): readonly string[] {
  const { length } = file.source;
  const wrong = everything(file).filter(({ start, end }) => start < 0 || end < start || end > length);
  const overlapping = file.instructions.filter(({ span, keywordSpan, argsSpan }, index) => {
    const before = file.instructions[index - 1]?.span.end ?? 0;
    return span.start < before || keywordSpan.start !== span.start || argsSpan.start < keywordSpan.end || argsSpan.end > span.end;
  });
  return [...wrong, ...overlapping.map(({ span }) => span)].map(({ start, end }) => `${String(start)}-${String(end)}`);
}

/** The rule in its plainest words: continuations joined, comment lines dropped, then a JSON array of strings or not. */
function plainWords(file: Dockerfile, { start, end }: Span): readonly string[] | undefined {
  const lines = file.source.text.slice(start, end).split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  const joined = lines.map((line) => (file.escape === '`' ? line.replace(/`[ \t]*$/, '') : line.replace(/\\[ \t]*$/, ''))).join('').trim();
  try {
    const value: unknown = JSON.parse(joined);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

// Where the corpus is missing, corpus() says so and every list here is empty. Else it is
// thousands of cut files: quick alone, slow on a machine that runs everything else at once.
describe('real Dockerfiles', { timeout: 120_000 }, () => {
  it('are there, unless the whole corpus is missing', () => {
    expect(files.length > 400).toBe(missing === undefined);
  });

  it('have spans inside the text, and instructions in order', () => {
    expect(files.flatMap(({ path, text }) => misplaced(parseDockerfile(text)).map((what) => `${path}: ${what}`))).toEqual([]);
  });

  it('hold no problem, but for templates', () => {
    const wrong = files.filter(({ text }) => parseDockerfile(text).problems.length > 0).map(({ path }) => path);
    expect(wrong.length).toBeLessThanOrEqual(files.length / 50);
  });

  it('read alike with CRLF line ends', () => {
    for (const { path, text } of files) {
      const plain = parseDockerfile(text.replaceAll('\r\n', '\n'));
      const other = parseDockerfile(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'));
      expect(misplaced(other), path).toEqual([]);
      expect(JSON.stringify(other.instructions.map(shape)), path).toBe(JSON.stringify(plain.instructions.map(shape)));
    }
  });

  it('may end at every line', () => {
    for (const { path, text } of files) {
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        const cut = text.slice(0, end);
        const file = parseDockerfile(cut);
        const [different] = differences(cut, file);
        if (different !== undefined) throw new Error(`${path}, cut at ${String(end)}: ${different}`);
        const last = file.instructions.at(-1);
        if (last === undefined) continue;
        commandOf(last);
        copyOf(last);
        // What stands above was asked in the file as a whole.
        if (last.span.end > end) throw new Error(`a span leaves the text cut at ${String(end)}`);
      }
    }
  });

  it('are exec form or shell form by the plain rule', () => {
    let exec = 0;
    const wrong: string[] = [];
    for (const { path, text } of files) {
      const file = parseDockerfile(text);
      for (const instruction of file.instructions) {
        const command = commandOf(instruction);
        if (command === undefined || instruction.keyword === 'HEALTHCHECK') continue;
        const words = plainWords(file, instruction.argsSpan);
        if (JSON.stringify(words) !== JSON.stringify(command.form === 'exec' ? command.words : undefined)) wrong.push(`${path}: ${instruction.args}`);
        if (words !== undefined) exec += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(exec > 200).toBe(missing === undefined);
  });

  it('have the instructions and comments another reader finds', () => {
    for (const { path, text } of files) {
      for (const one of [text, text.replace(/\r?\n/g, '\r\n')]) expect(differences(one), path).toEqual([]);
    }
  });

  it('give scripts whose words stand where their spans say', () => {
    const wrong: string[] = [];
    for (const { path, text } of files) {
      const file = parseDockerfile(text);
      for (const instruction of file.instructions) {
        for (const word of commandOf(instruction)?.script?.commands().flatMap((command) => command.words) ?? []) {
          // A word that a continuation cuts in two stands in the file with the cut inside.
          const covered = file.source.slice(word.span);
          if (!covered.includes('\n') && covered !== word.text) wrong.push(`${path}: ${word.text}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keep their text where their exec form is written back', () => {
    for (const { text } of files) {
      for (const instruction of parseDockerfile(text).instructions) {
        const command = commandOf(instruction);
        if (command?.script === undefined || !['CMD', 'ENTRYPOINT'].includes(instruction.keyword)) continue;
        const form = toExecForm(command.script);
        if (form.kind !== 'shell-exec') continue;
        const words = (script: ReturnType<typeof parseScript>): readonly string[] => script.commands().flatMap((each) => [...each.assignments, ...each.words].map((one) => one.text.replaceAll('"', ''))).filter((each) => each !== 'exec' && each !== 'env');
        expect(words(parseScript(form.script))).toEqual(words(command.script).filter((each) => each !== 'env'));
      }
    }
  });
});

describe('texts that nobody wrote', () => {
  const pieces = fc.constantFrom(
    'FROM a', 'RUN', 'COPY', 'ONBUILD ', 'ENV A=1', 'CMD ["a"]', 'HEALTHCHECK CMD x', 'RU', 'N x', ...['\n', '\n', '\n', '\r\n', '\r', ' ', '\t', '\v', '\u00A0', '\u2028', '\uFEFF'],
    '\\', '\\\n', ' \\\n', '\\ \n', '\\\\\n', '\\\\\\\n', '\\\r\n', '`', '`\n', '# c\n', '#', '#\\\n', '# escape=`\n', '# escape=\\ \n', '# escape this=`\n', '# syntax=a b \n', '# foo=bar\n',
    '<<EOF', '<< EOF', '3<<EOF', '<<-E', '<<"A B"', '<', 'EOF\n', '\nEOF\n', '\tE\n', '\nA B\n', 'x', ' y ', '"', "'", '["a"]', '["<<EOF"]', '--', '${A:-', '}', '${A#x}',
  );
  // The other reader does not look for quotes in flags, or for `--` alone: before here-documents that would be a second splitFlags.
  const flags = /--[^\n]*<|--\S*["'\\`]|--\s/;

  it('are read as the other reader reads them', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 16 }), (found) => {
        const text = found.join('');
        fc.pre(!flags.test(text));
        const file = parseDockerfile(text);
        expect(differences(text, file)).toEqual([]);
        expect(misplaced(file)).toEqual([]);
      }),
      { seed: 20260101, numRuns: 4000 },
    );
  });
});

// A machine that does something else at the wrong moment may be asked again; what grows with the square fails every time.
describe('time', { retry: 4 }, () => {
  const lines = ['FROM node:24', 'ARG V=1', 'ENV A=$V B="x y"', 'RUN apt-get update && apt-get install -y --no-install-recommends curl \\', '  git && rm -rf /var/lib/apt/lists/*', 'COPY --chown=node:node . .', 'CMD ["node", "a.js"]'];
  const sized = (count: number): string => Array.from({ length: count }, (_, index) => lines[index % lines.length]).join('\n');
  const best = (text: string, times: number): number => {
    const taken = Array.from({ length: times }, () => {
      const start = performance.now();
      everything(parseDockerfile(text));
      return performance.now() - start;
    });
    return Math.min(...taken);
  };

  // On an idle machine it is under 3 ms and under 40 ms; the bounds leave room for one that is busy with other tests.
  it('is short', () => {
    best(sized(400), 10);
    expect(best(sized(40), 30)).toBeLessThan(30);
    expect(best(sized(1500), 5)).toBeLessThan(400);
  });

  it.each([
    ['lines', (count: number): string => sized(count * 10)],
    ['lines of one RUN', (count: number): string => `FROM a\nRUN x ${'&& \\\n  y z '.repeat(count * 5)}`],
    ['here-documents that never end', (count: number): string => `FROM a\n${'RUN cat <<EOF\n'.repeat(count * 10)}`],
    ['here-documents', (count: number): string => `FROM a\n${'RUN <<EOF\nx\nEOF\n'.repeat(count * 5)}`],
    ['here-documents of other names that never end', (count: number): string => `FROM a\n${Array.from({ length: count * 10 }, (_each, index) => `RUN <<E${String(index)}\n`).join('')}`],
    ['stages and comments', (count: number): string => '# c\nFROM a\n'.repeat(count * 5)],
    ['empty lines in an instruction', (count: number): string => `FROM a\nRUN x \\\n${'\n'.repeat(count * 50)}`],
    ['blanks before a word', (count: number): string => `FROM a\n${' '.repeat(count * 50)}\u00A0RUN x`],
    ['dollars and quotes', (count: number): string => `FROM a\nENV A=${'"${A:-'.repeat(count * 10)}\nENV B=${"$'".repeat(count * 10)}`],
  ])('grows with the number of %s, not with its square', (_, make) => {
    best(make(20), 5);
    // Four times as much in sixteen times the time would be the square.
    expect(best(make(160), 3)).toBeLessThan(best(make(40), 5) * 11 + 10);
  });
});

function shape(instruction: Dockerfile['instructions'][number]): unknown {
  const { keyword, args, flags, heredocs } = instruction;
  const { words = [], form, script } = commandOf(instruction) ?? {};
  return [keyword, args, flags.map((flag) => [flag.name, flag.value]), heredocs.map(({ name, body }) => [name, body.text]), words, form, script?.commands().map((command) => command.text)];
}

/** Where the view and the other reader say different things. */
function differences(text: string, file: Dockerfile = parseDockerfile(text)): readonly string[] {
  const other = scan(text);
  const mine = file.instructions.map(({ keyword, span }) => `${keyword} ${String(span.start)}-${String(span.end)}`);
  const theirs = other.instructions.map(({ keyword, start, end }) => `${keyword} ${String(start)}-${String(end)}`);
  const comments = file.comments.map(({ span }) => span.start).join();
  return [
    ...(mine.join() === theirs.join() ? [] : [`view: ${mine.join()}; other: ${theirs.join()}`]),
    ...(comments === other.comments.join() ? [] : [`comments at ${comments}, not ${other.comments.join()}`]),
    ...file.instructions.filter(({ args }, index) => other.instructions[index]?.joined.endsWith(args) === false).map(({ args }) => `arguments ${args}`),
  ];
}
