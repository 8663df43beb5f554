import { fileURLToPath } from 'node:url';
import { jarsOf } from '../maven.ts';

/** The newest release whose parts are all in Maven Central. Brokers of the 4 series run on Java 17. */
export const kafkaVersion = '4.3.1';

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));

/** The folder with the broker's jars. */
export const kafkaJars = (): Promise<string> => jarsOf('kafka', kafkaVersion, pom);
