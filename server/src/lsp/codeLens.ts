import type { CancellationToken, CodeLens, CodeLensParams } from 'vscode-languageserver';
import { simulate } from '../engine/kubernetes/startup/simulate.ts';
import { summarise } from '../engine/kubernetes/startup/summary.ts';
import type { PlacedPod } from '../engine/session/pods.ts';
import { shift, type Span } from '../engine/text/span.ts';
import type { Context } from './context.ts';
import { toRange } from './convert.ts';
import { readNow } from './findings.ts';

/** The client's command; its arguments are the document's URI and the UTF-16 offset of the Pod's spec. */
export const showTimeline = 'podwright.showTimeline';

/** A file with more workloads was not written by a person. */
const mostLenses = 200;

/** Above each Pod template, and above each Pod, one line on how its Pods start. Only for clients that have the command. */
export async function codeLenses(context: Context, { textDocument: { uri } }: CodeLensParams, token: CancellationToken): Promise<CodeLens[]> {
  const { timelines, locale, encoding } = context.abilities();
  if (!timelines) return [];
  const read = await readNow(context, uri, token, (session) => session.podsSlices(uri));
  if (read?.result === undefined) return [];
  const { source, result: { version, pods } } = read;
  const lenses: CodeLens[] = [];
  for (const pod of pods.slice(0, mostLenses)) {
    const { manifest, workload, base } = pod;
    const timeline = simulate({ manifest, workload, version });
    if (timeline !== undefined) {
      const command = { title: `▶ ${summarise(timeline)[locale]}`, command: showTimeline, arguments: [uri, base + workload.podSpec.span.start] };
      lenses.push({ range: toRange(source, shift(templateOf(pod), base), encoding), command });
    }
    // A file may hold many, and a client that typed on waits for none of them.
    if (!(await read.pace.next())) return [];
  }
  return lenses;
}

/** The key `template`; of a Pod, the first key of the object. */
function templateOf({ manifest, workload: { podSpec } }: PlacedPod): Span {
  const { parent } = podSpec;
  if (parent === undefined) return podSpec.span;
  if (parent.parent !== undefined) return parent.keySpan ?? podSpec.span;
  const [first] = manifest.root.keys();
  return first === undefined ? podSpec.span : (parent.at(first).keySpan ?? podSpec.span);
}
