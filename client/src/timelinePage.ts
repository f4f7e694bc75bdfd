/** What the timeline's panel is made of, without VS Code: its page, and what comes back from it. */

export interface PageTexts {
  readonly language: string;
  readonly title: string;
  readonly export: string;
  /** `{0}` is a container. */
  readonly fails: string;
  readonly works: string;
  readonly hows: Readonly<Record<How, string>>;
}

export type How = 'crash' | 'hang' | 'never';

export interface Failing {
  readonly container: string;
  readonly how: How;
}

/** What a person did in the panel. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'export' }
  /** A line from 1. */
  | { readonly kind: 'go'; readonly line: number }
  | { readonly kind: 'fail'; readonly failing: Failing | undefined };

/** Undefined for what the page never sends. */
export function readAnswer(given: unknown): Answer | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { kind, line, container, how } = given as Readonly<Record<string, unknown>>;
  if (kind === 'ready' || kind === 'export') return { kind };
  if (kind === 'go' && typeof line === 'number' && Number.isInteger(line) && line > 0) return { kind, line };
  if (kind !== 'fail') return undefined;
  const known = (['crash', 'hang', 'never'] as const).find((each) => each === how);
  return { kind, failing: known === undefined || typeof container !== 'string' ? undefined : { container, how: known } };
}

/** The picture's own styles may stand in the page: the policy asks for the page's nonce. */
export function withNonce(svg: string, nonce: string): string {
  return svg.replaceAll('<style>', `<style nonce="${nonce}">`);
}

/** `Deployment/web` as the name of a file. */
export function fileNameOf(workload: string): string {
  return `${workload.replace(/[^\w.-]+/g, '-').toLowerCase()}-timeline.svg`;
}

/** The page: nothing from elsewhere, no script and no style but its own. */
export function page(texts: PageTexts, nonce: string, script: string, source: string): string {
  const { language, title, fails, works, hows } = texts;
  const words = escaped(JSON.stringify({ fails, works, hows }));
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}' ${source};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${look}</style>
</head>
<body data-words="${words}" class="empty">
<p id="status" role="status" aria-live="polite"></p>
<div id="picture"></div>
<form id="controls"><fieldset id="switches"></fieldset><button id="export" type="button">${escaped(texts.export)}</button></form>
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The colours of the theme, high contrast included: the picture asks for them by names of its own. */
const look = `
:root {
  --podwright-foreground: var(--vscode-editor-foreground); --podwright-dim: var(--vscode-descriptionForeground);
  --podwright-background: var(--vscode-editor-background); --podwright-lane: var(--vscode-editorWidget-background);
  --podwright-line: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8886)); --podwright-waiting: var(--vscode-descriptionForeground);
  --podwright-starting: var(--vscode-charts-yellow); --podwright-running: var(--vscode-charts-green); --podwright-working: var(--vscode-charts-blue);
  --podwright-gate: var(--vscode-charts-blue); --podwright-bad: var(--vscode-errorForeground, var(--vscode-charts-red)); --podwright-shared: var(--vscode-charts-purple);
  --podwright-font: var(--vscode-font-family);
}
body { padding: 8px 16px; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); }
#picture { overflow-x: auto; }
#picture svg { display: block; max-width: 100%; height: auto; min-width: 640px; }
body:not(.empty) #status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
body.empty #picture, body.empty #controls { display: none; }
#controls { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-top: 12px; }
#switches { display: flex; flex-wrap: wrap; gap: 8px 16px; border: none; margin: 0; padding: 0; }
select, button { font: inherit; padding: 2px 6px; color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)); }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); cursor: pointer; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
`;
