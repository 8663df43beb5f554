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
    rolldownOptions: { output: { entryFileNames: 'cli.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
  },
});
