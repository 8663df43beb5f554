import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the command line, bundled from the current sources. */
    readonly cli: string;
  }
}

/** Bundles the command line once for all tests of a run, beside `dist` so that runs do not disturb each other. */
export default async function setup(project: TestProject): Promise<() => void> {
  const outDir = fileURLToPath(new URL(`../../.tsc/cli-${process.pid}`, import.meta.url));
  const configFile = fileURLToPath(new URL('../../build/vite.cli.ts', import.meta.url));
  await build({ configFile, build: { outDir } });
  project.provide('cli', `${outDir}/cli.js`);
  return () => rmSync(outDir, { recursive: true, force: true });
}
