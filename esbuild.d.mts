import type { Metafile } from 'esbuild';

/** Builds the three bundles into `outdir` (dist/ unless said) and says what went into each. */
export function build(options?: {
  readonly production?: boolean;
  readonly outdir?: string;
}): Promise<Record<string, Metafile>>;
