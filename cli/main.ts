import module from 'node:module';

// Node keeps the compiled code of what is loaded from here on for the next run: three in four milliseconds of starting
// are compiling. Node below 22.8 has no such cache. https://nodejs.org/api/module.html#module-compile-cache
module.enableCompileCache?.();
await import('./start.ts');
