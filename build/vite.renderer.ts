import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';
import { contentSecurityPolicy } from '../core/contract/csp.ts';
import { hbs } from './hbs-plugin.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The policy in the page itself, for hosts that send no headers. */
const policy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
});

/** How the page is built; the desktop and the web build differ only in where it goes. */
export const rendererConfig: UserConfig = {
  root: path('../renderer'),
  base: './',
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [hbs(), react(), policy()],
  resolve: {
    // monaco-worker-manager, a dependency of monaco-yaml, imports a path that monaco-editor no longer exports.
    alias: [
      {
        find: /^monaco-editor\/esm\/vs\/(.*)$/,
        replacement: `${path('../node_modules/monaco-editor/esm/vs')}/$1`,
      },
    ],
  },
  worker: { format: 'es', plugins: () => [hbs()] },
  build: {
    target: 'chrome114',
    minify: true,
    // Inlined assets become data: URLs, which the policy allows for images and fonts only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    emptyOutDir: true,
    rolldownOptions: { input: { index: path('../renderer/index.html') } },
  },
};
