import { describe, expect, it } from 'vitest';
import { fileNameOf, page, readAnswer, withNonce } from '../../client/src/timelinePage.ts';

const texts = { language: 'en', title: 'Pod <Timeline>', export: 'Export "SVG"…', fails: '{0}', works: 'works', hows: { crash: 'crashes', hang: 'hangs', never: 'never starts' } };

describe('the page', () => {
  const html = page(texts, 'abc+/=', 'https://file+.vscode-resource.test/timeline.js', 'https://*.vscode-cdn.test');

  it('lets nothing run or load but its own script and styles', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy).toBe("default-src 'none'; style-src 'nonce-abc+/='; script-src 'nonce-abc+/=' https://*.vscode-cdn.test;");
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<(?:style|script) nonce="abc\+\/="/g)).toHaveLength(2);
    expect(html).not.toMatch(/ style=| on\w+=|javascript:/);
  });

  it('escapes its texts', () => {
    expect(html).toContain('<title>Pod &lt;Timeline&gt;</title>');
    expect(html).toContain('Export &quot;SVG&quot;…');
    expect(html).toContain('data-words="{&quot;fails&quot;:');
  });

  it('says aloud what changes', () => {
    expect(html).toMatch(/<p id="status" role="status" aria-live="polite">/);
    expect(html).toMatch(/<html lang="en">/);
  });
});

it('lets the styles of the picture stand in the page', () => {
  expect(withNonce('<svg><style>a{}</style></svg>', 'n')).toBe('<svg><style nonce="n">a{}</style></svg>');
});

it('names the file after the workload', () => {
  expect(fileNameOf('Deployment/Web_1')).toBe('deployment-web_1-timeline.svg');
  expect(fileNameOf('CronJob/{{ .Release.Name }}-x')).toBe('cronjob-.release.name--x-timeline.svg');
});

it('reads what the page sends, and nothing else', () => {
  expect([{ kind: 'ready' }, { kind: 'export' }, { kind: 'go', line: 3 }, { kind: 'fail', container: 'a', how: 'hang' }, { kind: 'fail' }].map(readAnswer)).toEqual([
    { kind: 'ready' }, { kind: 'export' }, { kind: 'go', line: 3 }, { kind: 'fail', failing: { container: 'a', how: 'hang' } }, { kind: 'fail', failing: undefined },
  ]);
  expect([undefined, null, 'go', {}, { kind: 'go' }, { kind: 'go', line: 0 }, { kind: 'go', line: 1.5 }, { kind: 'run', command: 'rm' }].map(readAnswer)).toEqual(Array(8).fill(undefined));
  expect(readAnswer({ kind: 'fail', container: 'a', how: 'explode' })).toEqual({ kind: 'fail', failing: undefined });
});
