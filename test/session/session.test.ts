import { describe, expect, it } from 'vitest';
import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import { edits } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import { type KubernetesRule, manifestRule } from '../../server/src/engine/rule-kinds.ts';
import { Session } from '../../server/src/engine/session.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { rules } from '../../server/src/rules/index.ts';

const uri = 'file:///a.yaml';
const title = { en: 'T.', zh: '题。' };

function meta(id: string, extra: Partial<RuleMeta> = {}): RuleMeta {
  return {
    id, guideline: 'validity', title, severities: ['warning'], fix: 'none', reads: [], yieldsTo: [], mayReveal: [], ...extra,
  };
}

/** Points at the kind of every object. */
function onKind(id: string, extra: Partial<RuleMeta> = {}): KubernetesRule {
  return manifestRule(meta(id, extra), function* (manifest) {
    const { span } = manifest.root.get('kind');
    yield {
      span, place: manifest.place, severity: 'warning', message: message(title),
      fixes: [{ key: 'k', title: message(title), safety: 'safe', outcome: () => edits([{ span, newText: 'X' }]) }],
    };
  });
}

function session(...kubernetes: readonly KubernetesRule[]): Session {
  return new Session({ kubernetes, dockerfile: [] });
}

const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;
const service = (name: string, app: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${app}\n  ports:\n  - port: 80\n`;

describe('a stream of documents', () => {
  const three = [pod('a'), pod('b'), pod('c')].join('---\n');

  it('gives findings and edits offsets of the whole text', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', three);
    const findings = lint.lint(uri);
    expect(findings.map(({ span }) => three.slice(span.start, span.end))).toEqual(['Pod', 'Pod', 'Pod']);
    expect(findings.map(({ place }) => place)).toEqual(['0:Pod/a', '1:Pod/b', '2:Pod/c']);
    const outcome = findings[2]?.fixes[0]?.outcome();
    expect(outcome?.kind === 'edits' && applyEdits(three, outcome.edits)).toBe(three.replace(/Pod\n(?=[^P]*c\n$)/, 'X\n'));
  });

  it('parses and checks only the document that an edit changed', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', three);
    lint.lint(uri);
    const before = { ...lint.work };
    lint.update(uri, 'yaml', three.replace('name: b', 'name: bb'));
    expect(lint.lint(uri).map(({ place }) => place)).toEqual(['0:Pod/a', '1:Pod/bb', '2:Pod/c']);
    expect({ parsed: lint.work.parsed - before.parsed, checked: lint.work.checked - before.checked })
      .toEqual({ parsed: 1, checked: 1 });
  });

  it('runs the readers of a fact again when the fact changes, and only them', () => {
    const lint = session(onKind('kubernetes/plain'), onKind('kubernetes/reader', { reads: ['services'] }));
    const text = [pod('a'), service('s', 'a')].join('---\n');
    lint.update(uri, 'yaml', text);
    lint.lint(uri);
    const before = lint.work.checked;
    lint.update(uri, 'yaml', text.replace('app: a', 'app: b'));
    lint.lint(uri);
    // The Service is new to both groups; the Pod is checked again by the reader alone.
    expect(lint.work.checked - before).toBe(3);
  });

  it('does no work for the same text twice', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', three);
    lint.lint(uri);
    const before = { ...lint.work };
    lint.update(uri, 'yaml', three);
    lint.lint(uri);
    expect(lint.work).toEqual(before);
  });

  it('parses only what is new when documents are put in, taken out, moved or said twice', () => {
    const lint = session(onKind('kubernetes/foo'));
    const parsed: number[] = [];
    for (const names of [['a', 'b', 'c'], ['x', 'a', 'b', 'c'], ['a', 'b', 'c'], ['c', 'a', 'b'], ['c', 'a', 'a', 'b'], ['c', 'a', 'z']]) {
      const before = lint.work.parsed;
      lint.update(uri, 'yaml', names.map(pod).join('---\n'));
      expect(lint.lint(uri).map(({ place }) => place)).toEqual(names.map((name, index) => `${String(index)}:Pod/${name}`));
      parsed.push(lint.work.parsed - before);
    }
    // The first document has no marker before it, so that who moves there or away from there is new.
    expect(parsed).toEqual([3, 2, 1, 2, 1, 1]);
  });

  it('keeps what it has read when the text changes before all of it is checked', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', three);
    const slices = lint.lintSlices(uri);
    slices.next();
    slices.next();
    expect(lint.work.parsed).toBe(2);
    lint.update(uri, 'yaml', three.replace('name: c', 'name: cc'));
    expect(lint.lint(uri).map(({ place }) => place)).toEqual(['0:Pod/a', '1:Pod/b', '2:Pod/cc']);
    expect(lint.work.parsed).toBe(3);
  });

  it('runs rules on one of a thousand documents when one is edited', () => {
    const lint = session(onKind('kubernetes/plain'), onKind('kubernetes/reader', { reads: ['services'] }));
    const text = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? pod(`p${String(index)}`) : service(`s${String(index)}`, 'a'))).join('---\n');
    lint.update(uri, 'yaml', text);
    lint.lint(uri);
    const before = { ...lint.work };
    lint.update(uri, 'yaml', text.replace('name: p500', 'name: edited'));
    expect(lint.lint(uri)).toHaveLength(2000);
    // One document, two groups of rules.
    expect({ parsed: lint.work.parsed - before.parsed, checked: lint.work.checked - before.checked }).toEqual({ parsed: 1, checked: 2 });
  });

  it('pauses between documents', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', three);
    expect([...lint.lintSlices(uri)].length).toBeGreaterThanOrEqual(3);
  });
});

describe('what goes wrong stays small', () => {
  it('goes on after a rule that throws, and names it', () => {
    const broken = manifestRule(meta('kubernetes/broken'), () => { throw new Error('bug'); });
    const lint = session(broken, onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', pod('a'));
    expect(lint.lint(uri).map(({ rule }) => rule).sort()).toEqual(['kubernetes/foo', 'podwright/internal-error']);
  });

  it('turns a fix that throws into a refusal', () => {
    const broken = manifestRule(meta('kubernetes/broken'), function* (manifest) {
      yield {
        span: { start: 0, end: 1 }, place: manifest.place, severity: 'hint', message: message(title),
        fixes: [{ key: 'k', title: message(title), safety: 'safe', outcome: () => { throw new Error('bug'); } }],
      };
    });
    const lint = session(broken);
    lint.update(uri, 'yaml', pod('a'));
    expect(lint.lint(uri)[0]?.fixes[0]?.outcome().kind).toBe('refused');
  });

  it('says which document cannot be read, and checks the others', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', `${pod('a')}---\napiVersion: v1\nkind: [Pod\n---\n${pod('c')}`);
    expect(lint.lint(uri).map(({ rule, place }) => `${rule} ${place}`)).toEqual([
      'kubernetes/foo 0:Pod/a', 'podwright/unreadable 1:document', 'kubernetes/foo 2:Pod/c',
    ]);
  });

  it('is silent on YAML that is no manifest, without parsing it', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', 'on: push\njobs: {}\n');
    expect(lint.lint(uri)).toEqual([]);
    expect(lint.work.parsed).toBe(0);
  });

  it('knows nothing of documents that are not open', () => {
    const lint = session(onKind('kubernetes/foo'));
    lint.update(uri, 'yaml', pod('a'));
    lint.close(uri);
    expect(lint.has(uri)).toBe(false);
    expect(lint.lint(uri)).toEqual([]);
  });
});

describe('one cause, one finding', () => {
  it('drops the finding that yields', () => {
    const lint = session(onKind('kubernetes/weak', { yieldsTo: ['kubernetes/strong'] }), onKind('kubernetes/strong'));
    lint.update(uri, 'yaml', pod('a'));
    expect(lint.lint(uri).map(({ rule }) => rule)).toEqual(['kubernetes/strong']);
  });
});

describe('the same text gives the same findings', () => {
  it('wherever edits moved its documents to', () => {
    const twice = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: t\nspec:\n  containers:\n    - &app\n      name: app\n      image: nginx\n    - *app\n';
    const three = [pod('a'), twice, service('s', 'a')];
    const shown = (lint: Session): unknown => lint.lint(uri).map(({ span, place, severity, fixes }) => [span, place, severity, fixes.map(({ outcome }) => outcome())]);
    const used = new Session(rules);
    for (const parts of [three, ['# one line\n', ...three], three.toReversed(), [pod('b'), ...three], three, three.slice(1)]) {
      const text = parts.join('---\n');
      used.update(uri, 'yaml', text);
      const fresh = new Session(rules);
      fresh.update(uri, 'yaml', text);
      expect(shown(used)).toEqual(shown(fresh));
    }
  });

  it('whatever was open before', () => {
    const text = [pod('a'), service('s', 'a')].join('---\n');
    const fresh = new Session(rules);
    fresh.update(uri, 'yaml', text);
    const used = new Session(rules);
    used.update(uri, 'yaml', pod('z'));
    used.lint(uri);
    used.update(uri, 'yaml', text);
    const shown = (lint: Session): unknown => lint.lint(uri).map(({ rule, span, place }) => ({ rule, span, place }));
    expect(shown(used)).toEqual(shown(fresh));
  });
});
