import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import { hbs } from './hbs-plugin.ts';
import { rendererConfig } from './vite.renderer.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const cjs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const;

/** The desktop app: `out/main`, `out/preload`, `out/renderer`. CommonJS and old targets, since it must run on Electron 25. */
export default defineConfig({
  main: {
    plugins: [hbs()],
    build: {
      target: 'node18',
      outDir: path('../out/main'),
      rolldownOptions: { input: { index: path('../electron/main/index.ts') }, output: cjs },
    },
  },
  preload: {
    build: {
      target: 'node18',
      outDir: path('../out/preload'),
      rolldownOptions: { input: { index: path('../electron/preload/index.ts') }, output: cjs },
    },
  },
  renderer: { ...rendererConfig, build: { ...rendererConfig.build, outDir: path('../out/renderer') } },
});
