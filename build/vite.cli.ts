import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { hbs } from './hbs-plugin.ts';

/** Escapes what is not of ASCII: V8 reads a text of ASCII alone sooner, and keeps it in half the memory. */
const ascii: Plugin = {
  name: 'ascii',
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

/** Bundles the command line into one file that plain Node runs: `dist/cli.js`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'warn',
  plugins: [hbs(), ascii],
  ssr: { noExternal: true },
  build: {
    ssr: 'cli/main.ts',
    outDir: 'dist',
    target: 'node20',
    minify: false,
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        entryFileNames: 'cli.js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
      // Modules only define things, so a command comes without those of which it uses nothing. But for the one that
      // sets up zod: without it every schema writes and compiles a function of its own.
      treeshake: {
        moduleSideEffects: [{ test: /[\\/](?:core|disk|generators)[\\/](?!zod\.ts)/, sideEffects: false }],
      },
    },
  },
});
