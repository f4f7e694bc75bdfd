import type { DocumentEdit } from '../engine/core/finding.ts';
import { message, type Message } from '../engine/core/message.ts';
import { commandOf } from '../engine/dockerfile/command.ts';
import { isMeantAsJson } from '../engine/dockerfile/json-typo.ts';
import { isWindows } from '../engine/dockerfile/platform.ts';
import { shutdownOf, wantsInit } from '../engine/dockerfile/shutdown.ts';
import { startOf } from '../engine/dockerfile/start.ts';
import { parseDockerfile } from '../engine/dockerfile/view.ts';
import { initOf } from '../engine/shell/argv.ts';
import type { DocumentKind } from '../engine/sniff.ts';
import type { SourceText } from '../engine/text/source.ts';
import { type Span, touches } from '../engine/text/span.ts';
import { execFormOf } from './exec-form.ts';
import { initsFor, runUnderInit } from './run-under-init.ts';

const inExecForm = { en: 'Rewrite in exec form', zh: '改写为 exec 形式' };
const underInit = { en: 'Run under {init}', zh: '在 {init} 下运行' };

/** A change that answers no finding. */
export interface Rewrite {
  readonly title: Message;
  readonly edits: readonly DocumentEdit[];
  /** Why it cannot be done here. */
  readonly refused?: Message;
}

/**
 * Puts an init in front of a start command that needs none, for people who want one all the same: a program that
 * nothing is known about, or one that starts others. Offered on the CMD or ENTRYPOINT of the last stage; where the rule
 * has something to say about the command, its fixes are there already.
 */
export const runUnderInitAnyway = {
  kind: 'refactor.rewrite',
  *at(kind: DocumentKind, source: SourceText, span: Span): Generator<Rewrite> {
    if (kind !== 'dockerfile') return;
    const stage = parseDockerfile(source.text).stages.at(-1);
    const start = stage === undefined || isWindows(stage) ? undefined : startOf(stage);
    if (start === undefined || !touches(start.anchor.instruction.span, span)) return;
    const shutdown = shutdownOf(start);
    if (initOf(start.argv) !== undefined || (shutdown !== undefined && wantsInit(shutdown))) return;
    for (const init of initsFor(start)) {
      const outcome = runUnderInit(start, init);
      if (outcome.kind === 'edits') yield { title: message(underInit, { init }), edits: outcome.edits };
    }
  },
};

/**
 * Writes CMD or ENTRYPOINT in exec form, for people who want that anyway: where ash or bash would hand over by themselves, or
 * in a stage that others are built on. Not where the text is no command that a shell could be meant for.
 */
export const rewriteInExecForm = {
  kind: 'refactor.rewrite',
  *at(kind: DocumentKind, source: SourceText, span: Span): Generator<Rewrite> {
    if (kind !== 'dockerfile') return;
    const instruction = parseDockerfile(source.text).instructions.find((each) => /^(?:CMD|ENTRYPOINT)$/.test(each.keyword) && touches(each.span, span));
    const command = instruction === undefined ? undefined : commandOf(instruction);
    const { stage } = instruction ?? {};
    if (command?.form !== 'shell' || isMeantAsJson(command) || stage === undefined || isWindows(stage)) return;
    const outcome = execFormOf(command);
    if (outcome.kind === 'edits') yield { title: message(inExecForm), edits: outcome.edits };
  },
};
