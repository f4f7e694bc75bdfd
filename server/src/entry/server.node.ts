import { serve, serveStdio } from '../lsp/stdio.ts';

// `podwright lsp` loads this bundle and calls what it exports; run as a program (VS Code forks it) it serves at once.
if (require.main === module) serve();

export { serveStdio };
