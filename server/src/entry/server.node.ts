import { keepCompiledCode } from './compile-cache.ts';

// What VS Code forks. A bundle of its own: what asks for the cache is compiled before there is one.
keepCompiledCode();
void import('./server.main.ts').then(({ serve }) => {
  serve();
});
