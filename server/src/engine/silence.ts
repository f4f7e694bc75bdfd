import { edits as outcomeOf, type Finding, type FixOutcome } from './core/finding.ts';
import { ignoreHere as ignoreInstruction, ignoreInFile as ignoreInDockerfile } from './dockerfile/ignores.ts';
import { parseDockerfile } from './dockerfile/view.ts';
import type { DocumentKind } from './sniff.ts';
import { shift } from './text/span.ts';
import { parseDocument, type YamlDocument } from './yaml/document.ts';
import { ignoreHere as ignoreEntry, ignoreInFile as ignoreInStream } from './yaml/ignores.ts';
import type { Chunk } from './yaml/stream.ts';
import { documentsOf, isTemplate, parseTemplate } from './yaml/template.ts';

/** Where a comment can take a finding away: above its place, or at the top of its file. */
export type IgnoreScope = 'here' | 'file';

/**
 * The edits that write the comment by which a finding is ignored, or why none can be written. On the text that the
 * finding was made for; a text that is parsed anew for it, because nobody keeps more than findings.
 */
export function ignoreFinding(kind: DocumentKind, text: string, { rule, span }: Finding, scope: IgnoreScope): FixOutcome {
  if (kind === 'dockerfile') {
    const file = parseDockerfile(text);
    return scope === 'here' ? ignoreInstruction(file, span.start, rule) : ignoreInDockerfile(file, rule);
  }
  const { chunk, document } = documentAt(text, scope === 'here' ? span.start : 0);
  const outcome = scope === 'here' ? ignoreEntry(document, span.start - chunk.start, rule) : ignoreInStream(document, rule);
  if (outcome.kind === 'refused') return outcome;
  return outcomeOf(outcome.edits.map((edit) => ({ ...edit, span: shift(edit.span, chunk.start) })));
}

/** The document of a stream in which an offset stands; read as a template where it is one, and no plain YAML. */
function documentAt(text: string, offset: number): { readonly chunk: Chunk; readonly document: YamlDocument } {
  const chunk = documentsOf(text).findLast(({ start }) => start <= offset) ?? { start: 0, end: 0, text: '' };
  const document = parseDocument(chunk.text);
  return { chunk, document: document.problems.length > 0 && isTemplate(chunk.text) ? parseTemplate(chunk.text) : document };
}
