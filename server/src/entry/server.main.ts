// The language server's bundle. `podwright lsp` loads it, too.
export { serve, serveStdio } from '../lsp/stdio.ts';
