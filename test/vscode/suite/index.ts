import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Failures after which more would teach nothing: each may have waited in vain. */
const enough = 5;

/**
 * What VS Code calls in its extension host, on the desktop and in the browser alike. The results also go to a file
 * beside the bundle, since the browser hands on nothing but an exit code and log lines.
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, slow: 5_000, reporter: Mocha.reporters.Base });
  mocha.addFile(join(__dirname, 'suites.cjs'));

  const passed: string[] = [];
  const failed: string[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on('pass', (test) => {
      passed.push(test.fullTitle());
      tell(`\u2713 ${test.fullTitle()} (${String(test.duration ?? 0)} ms)`);
    });
    runner.on('fail', (test, error: Error) => {
      failed.push(test.fullTitle());
      tell(`\u2717 ${test.fullTitle()}`);
      for (const line of (error.stack ?? error.message).split('\n')) tell(`    ${line}`);
      if (failed.length === enough) runner.abort();
    });
  });
  writeFileSync(join(__dirname, 'results.json'), JSON.stringify({ passed, failed }, undefined, 2));
  if (failed.length > 0) throw new Error(`${String(failed.length)} failed`);
  if (passed.length === 0) throw new Error('No test ran.');
}

/** What an extension host logs reaches whoever started VS Code; the mark tells it from VS Code's own words. */
function tell(line: string): void {
  // eslint-disable-next-line no-console -- the only way out of the extension host
  console.log(`[podwright] ${line}`);
}
