import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('has a rule index, pages and documents that agree with the rule folders', () => {
  const script = fileURLToPath(new URL('../../scripts/rules-index.mjs', import.meta.url));
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8', stdio: 'pipe' })).toMatch(/\d+ rules/);
});
