/** Rule pages are bundled as text: esbuild's text loader, and a plugin of vitest.config.ts for tests. */
declare module '*.md' {
  const text: string;
  export default text;
}
