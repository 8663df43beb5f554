import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../engine.ts';

/** The newest release whose parts are all in Maven Central. Brokers of the 4 series run on Java 17. */
export const kafkaVersion = '4.3.1';

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
const cache = fileURLToPath(new URL(`../../../../.brokers/kafka-${kafkaVersion}`, import.meta.url));

/** The folder with the broker's jars, fetched once and kept in `.brokers/`. */
export async function kafkaJars(): Promise<string> {
  if (existsSync(cache)) return cache;
  mkdirSync(dirname(cache), { recursive: true });
  const fresh = mkdtempSync(join(dirname(cache), 'fetching-'));
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fresh}`];
    await run('mvn', ['-B', '-q', '-f', pom, `-Dkafka.version=${kafkaVersion}`, ...goal]);
    renameSync(fresh, cache);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another test process may have been faster.
    if (!existsSync(cache)) throw error;
  }
  return cache;
}
