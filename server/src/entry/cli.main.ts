import { main } from '../cli/main.ts';
import { nodeIo } from '../cli/terminal.ts';
import { pages } from '../rules/pages.ts';
import { rules } from '../rules/index.ts';

const serve = async (): Promise<void> => {
  (await import('../lsp/stdio.ts')).serveStdio();
};

void main(process.argv.slice(2), nodeIo(serve), { rules, pages }).then((code) => {
  process.exitCode = code;
});
