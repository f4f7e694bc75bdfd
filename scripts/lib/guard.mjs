// Runs a command for a parent that may die without a word: when the pipe on standard input closes, the whole process
// group ends and its folder is removed. Usage, as the leader of a process group: node guard.mjs FOLDER COMMAND ARGUMENTS…
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder = '', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let orphaned = false;

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  if (process.platform === 'win32') child.kill();
  else process.kill(-process.pid, signal);
}

child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => {
  if (orphaned) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.exit(code ?? 1);
});

process.on('SIGTERM', () => undefined); // the group's signals reach us too; the child's end is ours
process.on('SIGINT', () => undefined);
process.stdin.resume().on('close', () => {
  orphaned = true;
  signalAll('SIGTERM');
  setTimeout(() => signalAll('SIGKILL'), 3000);
});
