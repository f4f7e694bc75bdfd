// Snippets are what the product itself would write: expanded with their defaults they are whole, and silent.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Session } from '../../server/src/engine/session.ts';
import { rules } from '../../server/src/rules/index.ts';

const folder = fileURLToPath(new URL('../../snippets/', import.meta.url));

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

/** The text a person gets who presses Tab through the snippet. Nested placeholders are not used. */
function expanded(body: string): string {
  const defaults = new Map<string, string>();
  return body
    .replace(/\$\{(\d+)(?::([^}]*)|\|([^,|]*)[^}]*\|)\}/g, (_whole, number: string, text?: string, choice?: string) => {
      defaults.set(number, text ?? choice ?? '');
      return text ?? choice ?? '';
    })
    .replace(/\$(\d+)/g, (_whole, number: string) => defaults.get(number) ?? '');
}

const snippets = readdirSync(folder)
  .filter((name) => name.endsWith('.code-snippets'))
  .flatMap((name) => Object.entries(JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as Record<string, Snippet>));

describe.each(snippets)('%s', (_name, { prefix, description, body }) => {
  it('has a prefix, a sentence, and numbers its stops without a gap', () => {
    expect(prefix.length).toBeGreaterThan(0);
    expect(description).toMatch(/\.$/);
    const stops = new Set([...body.join('\n').matchAll(/\$\{?(\d+)/g)].map(([, number]) => Number(number)));
    expect([...stops].sort((a, b) => a - b)).toEqual(Array.from({ length: stops.size }, (_, index) => index));
  });
});

it('the native sidecar is an init container that gates the app, and no rule has anything to say about it', () => {
  const sidecar = snippets.find(([, { prefix }]) => prefix.includes('native-sidecar'))?.[1] ?? expect.fail('no sidecar');
  const item = expanded(sidecar.body.join('\n'));
  expect(item).not.toContain('$');
  expect(item).toMatch(/^- name: \S+\n {2}image: \S+:\d\S+\n {2}restartPolicy: Always\n/);
  expect(item).toContain('startupProbe:');
  const indented = item.replace(/^(?=.)/gm, '    ');
  const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    app: web\nspec:\n  initContainers:\n${indented}\n`;
  const session = new Session(rules);
  session.update('pod.yaml', 'yaml', `${pod}  containers:\n    - name: web\n      image: web:1.0.0\n`);
  expect(session.lint('pod.yaml').filter(({ place }) => place.includes('initContainers'))).toEqual([]);
});
