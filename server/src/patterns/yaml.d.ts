/** Workloads of scenarios are bundled as text, as the pages of rules are. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
