import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from '../core/contract/csp.ts';
import { rendererConfig } from './vite.renderer.ts';

const headers = {
  'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
};

/** The same page for a browser: `dist-web`. */
export default defineConfig({
  ...rendererConfig,
  logLevel: 'warn',
  build: { ...rendererConfig.build, outDir: fileURLToPath(new URL('../dist-web', import.meta.url)) },
  preview: { host: '127.0.0.1', headers },
});
