import { describe, expect, it } from 'vitest';
import { render } from '../../server/src/engine/core/message.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { set } from '../../server/src/engine/yaml/edit.ts';

function after(text: string, path: readonly (string | number)[], behind: readonly string[] = []): string {
  const outcome = set(parseDocument(text).root.at(...path), { x: 1 }, { after: behind });
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : render(outcome.reason, 'en');
}

describe('a refusal', () => {
  it('names the key that stands twice, not the one below it', () => {
    expect(after('spec:\n  a: 1\nkind: A\nspec:\n  b: 1\n', ['spec', 'probe'])).toBe('The key spec stands more than once. Remove the copies first.');
  });
});

describe('items that were commented out', () => {
  it('stay with their list, whose dashes stand in the key\'s column', () => {
    const text = 'a:\n  ports:\n  - 80\n  #- 443\n  # - 8443\n  # the environment\n  env: []\n';
    expect(after(text, ['a', 'probe'], ['ports'])).toBe(text.replace('  # the env', '  probe:\n    x: 1\n  # the env'));
  });

  it('are no matter of a value that is no list', () => {
    const text = 'a:\n  image: b\n  #- c\n  env: []\n';
    expect(after(text, ['a', 'probe'], ['image'])).toBe(text.replace('  #- c', '  probe:\n    x: 1\n  #- c'));
  });
});
