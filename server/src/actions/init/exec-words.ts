import type { Message } from '../../engine/core/message.ts';
import { execFormFor, innerComments, insertBefore, replaceArguments } from '../../engine/dockerfile/edit.ts';
import { shellAt } from '../../engine/dockerfile/facts.ts';
import type { Instruction } from '../../engine/dockerfile/model.ts';
import { toExecForm } from '../../engine/shell/exec-form.ts';
import { isShellInvocation } from '../../engine/shell/invocation.ts';
import type { Script } from '../../engine/shell/model.ts';
import { parseScript } from '../../engine/shell/script.ts';
import type { TextEdit } from '../../engine/text/span.ts';
import { handOver, handOverText } from './handover.ts';
import { obstacle } from './reasons.ts';

/** What a shell text becomes, so that its program gets signals. */
export type Words =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Still a text for a shell, with `exec` in it. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: Message };

/** @param hides a package manager stands before the application and has to be told to hand over */
export function execWords(script: Script | undefined, hides: boolean): Words {
  if (script === undefined) return { kind: 'refused', reason: obstacle('syntax-error') };
  const form = toExecForm(script);
  switch (form.kind) {
    case 'refused':
      return { kind: 'refused', reason: obstacle(form.reason) };
    case 'exec':
      return nested(form.words, hides) ?? { kind: 'words', words: hides ? handOver(form.words) : form.words };
    case 'shell-exec':
      return { kind: 'text', text: hides ? handOverText(form.script) : form.script };
  }
}

/** A shell that starts another one, `sh -c` in shell form: the inner one would stay as well. */
function nested(words: readonly string[], hides: boolean): Words | undefined {
  const shell = isShellInvocation(words);
  if (shell?.body === undefined || shell.args.length > 0) return undefined;
  const inner = execWords(parseScript(shell.body), hides);
  return inner.kind === 'text' ? { kind: 'words', words: [...words.slice(0, shell.bodyIndex), inner.text] } : inner;
}

/** The exec form's words for what was in shell form: a text that still needs a shell gets the one of its stage. */
export function wordsFor(instruction: Instruction, result: Exclude<Words, { kind: 'refused' }>): readonly string[] {
  return result.kind === 'words' ? result.words : [...(shellAt(instruction)?.value ?? ['sh', '-c']), result.text];
}

/** Shell form replaced by exec form. Comments between its lines move above it. */
export function replaced(instruction: Instruction, words: readonly string[], above: readonly TextEdit[] = []): readonly TextEdit[] {
  const comments = innerComments(instruction).map(({ span }) => instruction.file.source.slice(span));
  const moved = comments.length === 0 ? [] : [insertBefore(instruction, comments, { belowComments: true })];
  return [...joined([...above, ...moved]), replaceArguments(instruction, execFormFor(instruction, words))];
}

/** Insertions at one place become one. */
function joined(list: readonly TextEdit[]): readonly TextEdit[] {
  const [first, second] = list;
  if (first === undefined || first.span.start !== second?.span.start) return list;
  return [{ span: first.span, newText: first.newText + second.newText }];
}
