import { describe, expect, it } from 'vitest';
import { sidecarKind } from '../../server/src/actions/sidecar-kind.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';

const head = 'kind: List\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n';
const app = '    - name: shop\n      image: registry.example.com/shop:1.4.2\n';
const ordinary = `${head}  containers:\n${app}    - name: logs # ours\n      image: fluent/fluent-bit:5.1.1\n`;
const native = `${head}  initContainers:\n    - name: logs # ours\n      image: fluent/fluent-bit:5.1.1\n      restartPolicy: Always\n  containers:\n${app}`;

function offered(text: string, place: string): readonly { readonly title: string; readonly text: string }[] {
  const start = text.indexOf(place);
  return [...sidecarKind.at('yaml', new SourceText(text), { start, end: start })].map(({ title, edits }) => ({ title: render(title, 'en'), text: applyEdits(text, edits) }));
}

describe('changing when a container starts and stops, though no finding asks for it', () => {
  it('makes a container a native sidecar', () => {
    expect(offered(ordinary, 'logs')).toEqual([{ title: 'Convert "logs" to a native sidecar (Kubernetes 1.29 or later)', text: native }]);
  });

  it('makes a native sidecar an ordinary container', () => {
    const [only] = offered(native, 'logs');
    expect(only?.title).toBe('Convert "logs" to an ordinary container');
    expect(only?.text).toContain(`  containers:\n${app}    - name: logs # ours\n      image: fluent/fluent-bit:5.1.1\n`);
    expect(only?.text).not.toContain('restartPolicy');
  });

  it('is not offered for the only container, for an init container, and elsewhere', () => {
    expect(offered(`${head}  containers:\n${app}`, 'shop\n      image')).toEqual([]);
    expect(offered(native.replace('      restartPolicy: Always\n', ''), 'logs')).toEqual([]);
    expect(offered(ordinary, 'fluent/')).toEqual([]);
    expect(offered('name: logs\n', 'logs')).toEqual([]);
  });
});
