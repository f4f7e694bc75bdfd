import { MarkupKind } from 'vscode-languageserver';
import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import { patternNames, scenarioNames } from '../engine/catalog/scenario-names.ts';
import { patternPage } from '../engine/core/links.ts';
import { type Locale, render } from '../engine/core/message.ts';
import { configTextsOf } from '../engine/kubernetes/config-maps.ts';
import { type PatternRole, roleOf } from '../engine/kubernetes/roles.ts';
import type { Container, Workload } from '../engine/kubernetes/workload.ts';
import type { PlacedObject } from '../engine/session.ts';
import { shift, type Span, touches } from '../engine/text/span.ts';
import type { Context } from './context.ts';
import { toOffset, toRange } from './convert.ts';
import { pace, run } from './pace.ts';
import { texts } from './texts.ts';

/** Answers `textDocument/hover` on the name or the image of a container: which part it plays in its Pod, and what says so. */
export async function hover(context: Context, { textDocument: { uri }, position }: HoverParams, token: CancellationToken): Promise<Hover | undefined> {
  const { documents, files, session, settings } = context;
  if (documents.get(uri)?.kind !== 'yaml') return undefined;
  const [{ enable }] = await Promise.all([settings.of(uri), files.configOf(uri)]);
  const document = documents.get(uri);
  const source = session.text(uri);
  if (!enable || document === undefined || source === undefined) return undefined;
  const steps = pace(() => token.isCancellationRequested || documents.get(uri)?.generation !== document.generation);
  const objects = (await run(session.objectSlices(uri), steps)) ?? [];
  const { encoding, locale, markdown } = context.abilities();
  const found = containerAt(objects, toOffset(source, position, encoding));
  if (found === undefined) return undefined;
  const role = roleOf(found.workload, found.container, configTextsOf(objects.map(({ manifest }) => manifest)));
  const lines = describe(role, locale, markdown);
  if (lines === undefined) return undefined;
  return { contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: lines }, range: toRange(source, found.span, encoding) };
}

interface Found {
  readonly workload: Workload;
  readonly container: Container;
  /** Of the name or image, in the whole text. */
  readonly span: Span;
}

function containerAt(objects: readonly PlacedObject[], offset: number): Found | undefined {
  for (const { manifest, base } of objects) {
    const at = { start: offset - base, end: offset - base };
    for (const workload of manifest.workloads) {
      for (const container of workload.containers) {
        const value = [container.field.get('name'), container.field.get('image')].find(({ kind, borrowed, valueSpan }) => kind === 'scalar' && !borrowed && valueSpan !== undefined && touches(valueSpan, at));
        if (value?.valueSpan !== undefined) return { workload, container, span: shift(value.valueSpan, base) };
      }
    }
  }
  return undefined;
}

/** A heading, a line for each piece of evidence, and where to read more. Undefined where there is nothing to tell. */
function describe({ pattern, scenario, helper, evidence }: PatternRole, locale: Locale, markdown: boolean): string | undefined {
  if (evidence.length === 0) return undefined;
  const name = pattern === 'app' ? texts.app[locale] : pattern === 'none' ? texts.noPattern[locale] : patternNames[pattern][locale];
  const colon = locale === 'zh' ? '：' : ': ';
  const title = scenario === undefined ? name : `${name}${colon}${scenarioNames[scenario][locale]}`;
  const heading = helper === undefined || pattern === 'none' ? title : `${title} (${helper.component})`;
  const said = evidence.map((each) => render(each, locale));
  if (!markdown) return [heading, ...said.map((line) => `- ${line}`)].join('\n');
  const page = pattern === 'app' || pattern === 'none' ? undefined : patternPage(scenario ?? pattern, locale);
  const more = page === undefined ? [] : ['', `[${texts.aboutPattern[locale]}](${page})`];
  return [`**${literal(heading)}**`, '', ...said.map((line) => `- ${literal(line)}`), ...more].join('\n');
}

/** Users' names stay what they are in Markdown. */
function literal(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
