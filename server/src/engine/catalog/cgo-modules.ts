/**
 * Go modules that need more at run time than the program itself. Source: `#cgo` lines, C++ files and `runtime.Caller` in the
 * sources of each module's release of 2026-11 (v8go 0.9.0, wasmer-go 1.0.4, wasmvm 2.2.4), on the Go module proxy.
 */

/** They compile or link C++, so that the program needs libstdc++ and libgcc. C alone needs nothing but the C library. */
const withCplusplus: readonly string[] = [
  'github.com/duckdb/duckdb-go',
  'github.com/duckdb/duckdb-go-bindings',
  'github.com/linxGnu/grocksdb',
  'github.com/marcboeker/go-duckdb',
  'github.com/otiai10/gosseract',
  'github.com/tecbot/gorocksdb',
  'gocv.io/x/gocv',
  'rogchap.com/v8go',
];

/** They find a shared library or dictionaries in their own directory of the module cache when the program runs. */
const withFiles: readonly string[] = [
  'github.com/CosmWasm/wasmvm',
  'github.com/go-ego/gse',
  'github.com/wasmerio/wasmer-go',
  'github.com/yanyiwu/gojieba',
];

/** Is it one of these, in any major version? */
export function needsCplusplus(module: string): boolean {
  return isOneOf(withCplusplus, module);
}

/** Would the program miss the module cache? */
export function needsItsFiles(module: string): boolean {
  return isOneOf(withFiles, module);
}

function isOneOf(modules: readonly string[], module: string): boolean {
  return modules.some((each) => module === each || (module.startsWith(`${each}/`) && /^v\d+$/.test(module.slice(each.length + 1))));
}
