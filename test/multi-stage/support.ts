/** A Dockerfile among the files it is built from. */
import { render } from '../../server/src/engine/core/message.ts';
import { Session, ruleIds } from '../../server/src/engine/session.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';
import rule from '../../server/src/rules/dockerfile/single-stage-build/rule.ts';

const rules = { kubernetes: [], dockerfile: [rule] };

export interface Result {
  readonly message: string | undefined;
  /** What the file becomes by each fix on offer. */
  readonly texts: readonly string[];
  /** Why the best fix refuses. */
  readonly refused: string | undefined;
}

/** What is said of `Dockerfile` in `/r/app`, and what its fixes do. `listed`: were all files of the folder looked for? */
export function convertIn(files: Readonly<Record<string, string>>, text: string, listed = true): Result {
  const index = new WorkspaceIndex(ruleIds(rules));
  index.setRoots(['/r']);
  for (const [path, content] of Object.entries(files)) {
    if (content === '') index.note(`/r/app/${path}`);
    else index.update(`/r/app/${path}`, content, 'disk');
  }
  if (listed) index.setListed('/r');
  const session = new Session(rules, index);
  session.update('/r/app/Dockerfile', 'dockerfile', text);
  const [finding] = session.lint('/r/app/Dockerfile');
  const outcomes = finding?.fixes.map((fix) => fix.outcome()) ?? [];
  const [best] = outcomes;
  return {
    message: finding === undefined ? undefined : render(finding.message, 'en'),
    texts: outcomes.flatMap((outcome) => (outcome.kind === 'edits' ? [applyEdits(text, outcome.edits)] : [])),
    refused: best?.kind === 'refused' ? render(best.reason, 'en') : undefined,
  };
}
