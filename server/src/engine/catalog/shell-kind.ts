/** The shells that differ in what they do with the last command of `sh -c`. */
export type ShellKind = 'dash' | 'ash' | 'bash';
