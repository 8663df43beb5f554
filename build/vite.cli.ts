import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { hbs } from './hbs-plugin.ts';

/** Bundles the command line into one file that plain Node runs: `dist/cli.js`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'warn',
  plugins: [hbs()],
  ssr: { noExternal: true },
  build: {
    ssr: 'cli/main.ts',
    outDir: 'dist',
    target: 'node20',
    minify: false,
    emptyOutDir: true,
    rolldownOptions: {
      output: { entryFileNames: 'cli.js', chunkFileNames: 'chunks/[name]-[hash].js' },
      // Modules only define things, so a command comes without those of which it uses nothing. But for the one that
      // sets up zod: without it every schema writes and compiles a function of its own.
      treeshake: {
        moduleSideEffects: [{ test: /[\\/](?:core|disk|generators)[\\/](?!zod\.ts)/, sideEffects: false }],
      },
    },
  },
});
