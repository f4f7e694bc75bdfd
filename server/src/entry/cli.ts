import { keepCompiledCode } from './compile-cache.ts';

// A bundle of its own: what asks for the cache is compiled before there is one.
keepCompiledCode();
void import('./cli.main.ts');
