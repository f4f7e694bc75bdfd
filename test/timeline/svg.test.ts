import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, escaped, wrapped } from '../../server/src/timeline/svg/element.ts';
import { timelineSvg } from '../../server/src/timeline/svg/document.ts';
import { manifest } from '../kubernetes/startup/support.ts';
import { pictured } from './support.ts';

const text = manifest('Deployment', `
initContainers:
- {name: migrate, image: a:1}
- {name: proxy, image: a:1, restartPolicy: Always, startupProbe: {tcpSocket: {port: 1}}, volumeMounts: [{name: logs, mountPath: /in, readOnly: true}]}
- {name: agent, image: a:1, restartPolicy: Always, readinessProbe: {tcpSocket: {port: 1}}}
containers: [{name: app, image: a:1, volumeMounts: [{name: logs, mountPath: /out}]}]
volumes: [{name: logs, emptyDir: {}}]`);

/** The elements in their order; throws where they do not close, or an attribute is no attribute. */
function elementsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const all: string[] = [];
  let at = 0;
  for (const match of svg.matchAll(/<(\/?)([a-z]+)((?: [a-z-]+(?:[A-Z][a-z]+)*[A-Za-z]*="[^"<]*")*)(\/?)>/gi)) {
    const between = svg.slice(at, match.index);
    if (/[<>]/.test(between.replace(/@media[^]*|\./g, '')) || /&(?!(?:amp|lt|gt|quot|#39);)/.test(between)) throw new Error(`markup between elements: ${between.slice(0, 80)}`);
    at = match.index + match[0].length;
    const [, isEnd, name = '', attributes = '', isEmpty] = match;
    if (isEnd === '/') {
      if (open.pop() !== name) throw new Error(`${name} closes something else`);
      continue;
    }
    all.push(`${name}${attributes}`);
    if (isEmpty === '') open.push(name);
  }
  if (open.length > 0 || at !== svg.length) throw new Error(`not closed: ${open.join(' ')}`);
  return all;
}

describe('the picture', () => {
  const svg = timelineSvg(pictured(text, { above: '# one\n' }), 'en');
  const elements = elementsOf(svg);
  const lanes = elements.filter((each) => each.startsWith('g') && each.includes('class="lane'));

  it('has a lane for each container at the start and one for each at the end, with where it stands', () => {
    expect(lanes.map((each) => /data-container="([^"]*)"/.exec(each)?.[1])).toEqual(['migrate', 'proxy', 'agent', 'app', 'app', 'agent', 'proxy']);
    const offset = Number(/data-offset="(\d+)"/.exec(lanes[1] ?? '')?.[1]);
    expect(`# one\n${text}`.slice(offset, offset + 5)).toBe('proxy');
    expect(lanes[1]).toContain('data-line="11"');
  });

  it('can be read aloud and walked through by keyboard', () => {
    expect(lanes.every((each) => each.includes('tabindex="0"') && each.includes('role="img"'))).toBe(true);
    expect(lanes[1]).toContain('aria-label="proxy (sidecar): starts at 0 to 1 s, likely 1 s, up at 0 to 32 s, likely 12 s; waits for the end of &quot;migrate&quot;"');
    expect(svg).toContain('<title>Deployment/it</title><desc>migrate → proxy (≤ 31 s)');
    expect(elements[0]).toContain('role="group"');
  });

  it('has an arrow for each wait, and strikes out what orders nothing', () => {
    expect(elements.filter((each) => each.startsWith('path') && each.includes('class="arrow" d="M') && each.includes('V'))).toHaveLength(2);
    expect(elements.filter((each) => each.startsWith('path') && each.includes('class="arrow loose" d="M') && each.includes('V'))).toHaveLength(1);
    expect(svg).toMatch(/data-false-gate="readinessProbe"[^]*?<text [^>]*class="false">readinessProbe<\/text>/);
    expect(elements.filter((each) => each.includes('class="cross"'))).toHaveLength(2);
  });

  it('joins the containers that share a volume', () => {
    expect(elements.filter((each) => each.includes('data-volume="logs"'))).toHaveLength(1);
    expect(elements.filter((each) => each.includes('class="shared reads"') || each.includes('class="shared writes"'))).toHaveLength(2);
  });

  it('follows light and dark, and takes the colours of a page around it', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg).toContain('var(--podwright-foreground, #1f2328)');
  });

  it('holds nothing that a strict page refuses: no script, no handler, no style attribute, nothing from elsewhere', () => {
    expect(elements.filter((each) => /^(?:script|foreignObject|image|use|a)\b| style="| on[a-z]+="|href=/.test(each))).toEqual([]);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|@import/);
  });

  it('plays a failure', () => {
    const failed = timelineSvg(pictured(text, { failing: { container: 'proxy', how: 'crash' } }), 'zh');
    const shown = elementsOf(failed);
    expect(shown.filter((each) => each.startsWith('rect class="fails"'))).toHaveLength(5);
    expect(failed).toContain('“proxy”每次启动后立即退出。');
    expect(failed).toContain('lang="zh-CN"');
  });
});

it('is markup whatever the names are', () => {
  const name = fc.oneof(fc.constantFrom('</svg><script>alert(1)</script>', '"onload="x', "a'b", '&amp;<![CDATA[', ']]>', '\u0000\uffff\ud800', 'x'.repeat(400), '名字'.repeat(60)), fc.string({ unit: 'binary' }));
  fc.assert(fc.property(name, name, (one, two) => {
    const quoted = (each: string): string => JSON.stringify(each);
    const spec = `initContainers: [{name: ${quoted(one)}, image: a:1, restartPolicy: Always, readinessProbe: {}, volumeMounts: [{name: ${quoted(two)}, mountPath: ${quoted(one)}}]}]\ncontainers: [{name: ${quoted(two)}, image: a:1, volumeMounts: [{name: ${quoted(two)}, mountPath: ${quoted(two)}}]}]`;
    const svg = timelineSvg(pictured(manifest('Pod', spec), { failing: { container: one, how: 'hang' } }), 'en');
    expect(elementsOf(svg).filter((each) => each.startsWith('script'))).toEqual([]);
    // eslint-disable-next-line no-control-regex -- these are no XML
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\uffff]/);
  }), { numRuns: 150 });
});

describe('text on the picture', () => {
  it('is escaped, cut and wrapped by what it takes on the page', () => {
    expect(escaped('<a b="c">&\'\u0000')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&#39;');
    expect([cut('abcdef', 4), cut('名字很长', 5), cut('abc', 3)]).toEqual(['abc…', '名字…', 'abc']);
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('一二三四五', 4)).toEqual(['一二', '三四', '五']);
  });
});
