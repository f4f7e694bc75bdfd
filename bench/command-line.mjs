import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processorTimeOfChildren } from './measure.mjs';

const runs = 7;

/**
 * Files a second of a whole `podwright check`, from the start of its process to its end.
 * @param {readonly string[]} program with its arguments
 * @param {string} folder
 * @returns {Promise<{ values: readonly number[], files: number, processor: number | undefined }>}
 */
export async function measureCommandLine(program, folder) {
  // Uncounted, it also brings the files into the system's memory.
  const { summary } = JSON.parse(await check([...program, 'check', folder, '--format', 'json']));
  const values = [];
  const before = processorTimeOfChildren();
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    await check([...program, 'check', folder]);
    values.push(summary.files / ((performance.now() - begun) / 1000));
  }
  const spent = processorTimeOfChildren();
  const processor = before === undefined || spent === undefined ? undefined : (spent - before) / runs;
  return { values, files: summary.files, processor };
}

/** @param {readonly string[]} args @returns {Promise<string>} what it printed */
async function check([command = '', ...args]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0 && code !== 1) throw new Error(`podwright check ended with ${code}`);
  return output;
}
