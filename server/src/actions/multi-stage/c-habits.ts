import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import type { Habits } from './recipe.ts';

/** A C or C++ compiler: `gcc`, `x86_64-linux-gnu-g++-13`. */
export function isCompiler(name: string): boolean {
  return /^(?:[\w]+-(?:[\w]+-)*)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(?:-\d+)?$/.test(name);
}

const compilers = ['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++'];
const tools: ReadonlySet<string> = new Set([
  'autoconf', 'automake', 'autotools-dev', 'autopoint', 'libtool-bin', 'texinfo', 'meson', 'ninja', 'samurai', 'gdb', 'valgrind', 'doxygen', 'clang-format', 'clang-tidy', 'cppcheck', 'lcov', 'gcovr',
  'bear', 'gperf', 're2c', 'intltool', 'help2man', 'catch2', 'googletest', 'g++-multilib', 'gcc-multilib', 'manpages-dev',
]);
const folders: ReadonlySet<string> = new Set(['src', 'source', 'sources', 'include', 'inc', 'cmake', 'test', 'tests', 'm4', 'third_party', 'thirdparty', 'external', 'vendor', '.git']);

/** What surrounds a C or C++ build: compilers, autotools, CMake, Meson. */
export const cHabits: Habits = {
  readsFolders: true,
  programs: new Set([
    ...compilers, ...compilers.flatMap((name) => Array.from({ length: 12 }, (_, index) => `${name}-${String(index + 9)}`)),
    'ar', 'ranlib', 'ld', 'as', 'ninja', 'samu', 'meson', 'ctest', 'configure', 'autoreconf', 'autoconf', 'automake', 'aclocal', 'autoheader', 'libtoolize', 'autogen.sh', 'ldd', 'file', 'nm', 'objdump', 'readelf',
  ]),
  isBuild: ({ name, args }) => {
    // A library of one's own is loaded when the program starts.
    if (isCompiler(name)) return !args.includes('-shared') && !args.includes('-dynamiclib');
    return !args.includes('install');
  },
  isBuildPackage: (name) => isBuildPackage(name) || tools.has(name),
  variables: (name) => /^(?:CC|CXX|AR|LD|C(?:XX|PP)?FLAGS|LDFLAGS|CMAKE_\w+|MAKEFLAGS|PKG_CONFIG\w*|CCACHE_\w+|GCC_VERSION|DEBIAN_FRONTEND)$/.test(name),
  directories: ['/root'],
  isSource: (path) => {
    const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
    const name = plain.slice(plain.lastIndexOf('/') + 1);
    if (/^(?:[\w.*+-]+\.(?:c|h|cc|hh|cpp|hpp|cxx|hxx|C|H|S|s|asm|inl|ipp|cmake|ac|am|in|m4|proto)|CMake(?:Lists\.txt|Presets\.json)|(?:GNU)?[Mm]akefile[\w.]*|configure|autogen\.sh|meson\.build|meson[._]options(?:\.txt)?|LICENSE|README(?:\.md)?|\.git\w*|\.clang-\w+)$/.test(name)) return true;
    const [top = ''] = plain.split('/');
    return folders.has(top) && !/.\.\w+$/.test(name);
  },
};
