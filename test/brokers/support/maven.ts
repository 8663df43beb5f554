import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './engine.ts';

/** The folder with a program's jars, fetched once by its POM, which takes `<name>.version`, and kept in `.brokers/`. */
export async function jarsOf(name: string, version: string, pom: string): Promise<string> {
  const cache = fileURLToPath(new URL(`../../../.brokers/${name}-${version}`, import.meta.url));
  if (existsSync(cache)) return cache;
  mkdirSync(dirname(cache), { recursive: true });
  const fresh = mkdtempSync(join(dirname(cache), 'fetching-'));
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fresh}`];
    await run('mvn', ['-B', '-q', '-f', pom, `-D${name}.version=${version}`, ...goal]);
    renameSync(fresh, cache);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another test process may have been faster.
    if (!existsSync(cache)) throw error;
  }
  return cache;
}
