import { setTimeout as sleep } from 'node:timers/promises';
import { LanguageClient } from './language-client.mjs';
import { processorTime, residentMemory } from './measure.mjs';

/** What an editor waits for: the first diagnostics of a server that was just started, and those after each edit. */

/**
 * @typedef {object} Scene
 * @property {string} title
 * @property {string} language
 * @property {string} file
 * @property {string} text
 * @property {RegExp} typed the lines in which somebody types
 */

/**
 * @typedef {object} Measured
 * @property {readonly number[]} values milliseconds, one for each run
 * @property {number | undefined} processor milliseconds of processor for one run
 */

const starts = 15;
const warmUp = { most: 100, least: 1, patience: 3000 };
const edits = { most: 200, least: 5, patience: 15_000 };

/**
 * From the start of the process to the first diagnostics, again and again. The first one, which reads the program from
 * disk, does not count.
 * @param {import('./peers.mjs').Tool} tool
 * @param {Scene} scene
 * @returns {Promise<Measured>}
 */
export async function measureColdStart(tool, scene) {
  const values = [];
  let processor = 0;
  for (let run = 0; run <= starts; run += 1) {
    const begun = performance.now();
    const client = new LanguageClient(tool.command, tool.args);
    try {
      await client.initialize();
      await client.open(`file:///bench/${scene.file}`, scene.language, scene.text);
      if (run > 0) {
        values.push(performance.now() - begun);
        processor += processorTime(client.pid) ?? Number.NaN;
      }
    } finally {
      await client.stop();
    }
  }
  return { values, processor: known(processor / starts) };
}

/**
 * From an edit to the diagnostics of what it made, again and again in one server; the first edits, with which it
 * warms up, do not count. Each edit is another one and makes a text that was not there before.
 * @param {import('./peers.mjs').Tool} tool
 * @param {Scene} scene
 * @returns {Promise<Measured & { memory: number | undefined }>} memory: bytes after the last edit
 */
export async function measureEdits(tool, scene) {
  const uri = `file:///bench/${scene.file}`;
  const typing = typist(scene);
  const client = new LanguageClient(tool.command, tool.args);
  try {
    await client.initialize();
    await client.open(uri, scene.language, scene.text);
    await sleep(500); // some push twice after opening
    let version = 1;
    const edit = async () => {
      const change = typing();
      const begun = performance.now();
      await client.edit(uri, (version += 1), change);
      return performance.now() - begun;
    };
    await repeat(edit, warmUp);
    const before = processorTime(client.pid) ?? Number.NaN;
    const values = await repeat(edit, edits);
    const processor = (processorTime(client.pid) ?? Number.NaN) - before;
    return { values, processor: known(processor / values.length), memory: residentMemory(client.pid) };
  } finally {
    await client.stop();
  }
}

/**
 * Up to `most` edits; fewer, but `least`, where `patience` (milliseconds) ends before.
 * @param {() => Promise<number>} edit
 * @param {{ most: number, least: number, patience: number }} bounds
 */
async function repeat(edit, { most, least, patience }) {
  const begun = performance.now();
  const values = [];
  while (values.length < most && (values.length < least || performance.now() - begun < patience)) values.push(await edit());
  return values;
}

/**
 * Types in one place after the other: into a line and a new line below it, then back to one line, so that everything
 * below moves and the text does not grow.
 * @param {Scene} scene
 * @returns {() => import('./language-client.mjs').Typed}
 */
function typist({ text, typed }) {
  const lines = text.split('\n');
  const places = lines.flatMap((line, index) => (typed.test(line) ? [index] : []));
  let turn = -1;
  return () => {
    turn += 1;
    // Far from the last place, and every place once before one comes again.
    const line = places[(Math.floor(turn / 2) * 379) % places.length] ?? 0;
    const old = lines[line] ?? '';
    const plain = old.replace(/\d*$/, '');
    const opens = turn % 2 === 0;
    const made = opens ? [`${plain}${turn}`, `${/^ */.exec(old)?.[0]}# Typed in turn ${turn}.`] : [`${plain}${turn}`];
    const last = opens ? line : line + 1;
    const range = { start: { line, character: 0 }, end: { line: last, character: lines[last]?.length ?? 0 } };
    lines.splice(line, last - line + 1, ...made);
    return { range, text: made.join('\n'), whole: lines.join('\n') };
  };
}

/** @param {number} value */
function known(value) {
  return Number.isNaN(value) ? undefined : value;
}
