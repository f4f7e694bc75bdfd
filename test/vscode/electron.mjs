// Desktop VS Code through @vscode/test-electron, in a process of its own, so that its output can be filtered and all of
// it can be ended. Without an argument it downloads VS Code and prints where the program is; with one it runs the tests.
import { spawnSync } from 'node:child_process';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';

const program = await downloadAndUnzipVSCode();
const [job] = process.argv.slice(2);
if (job === undefined) {
  console.log(`program: ${program}`);
} else {
  /** @type {{ extension: string, vsix?: string, tests: string, workspace: string, options: string[] }} */
  const { extension, vsix, tests, workspace, options } = JSON.parse(job);
  if (vsix !== undefined) {
    const [command = '', ...args] = resolveCliArgsFromVSCodeExecutablePath(program, { reuseMachineInstall: true });
    const { status } = spawnSync(command, [...args, ...options, '--install-extension', vsix], { stdio: 'inherit', shell: process.platform === 'win32' });
    if (status !== 0) throw new Error(`${vsix} cannot be installed.`);
  }
  await runTests({
    vscodeExecutablePath: program,
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    launchArgs: [workspace, ...options, '--disable-workspace-trust'],
  });
}
