import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine } from './engine.ts';
import { jarsOf } from './maven.ts';

/** Of the move tasks of SQS it has all three actions since 1.6.0. */
const version = '1.6.14';
const pom = fileURLToPath(new URL('elasticmq/pom.xml', import.meta.url));

/**
 * Starts an emulator of SQS that moves dead letters by tasks, which fauxqs does not; or takes the one that
 * `LOOM_TEST_ELASTICMQ_URL` names. Its queues are in memory.
 */
export const startElasticMq = (): Promise<Broker> =>
  TestBroker.launch({
    name: 'ElasticMQ',
    envVar: 'LOOM_TEST_ELASTICMQ_URL',
    native: async (dir, port) => {
      const classpath = join(await jarsOf('elasticmq', version, pom), '*');
      const settings = {
        'rest-sqs.bind-hostname': '127.0.0.1',
        'rest-sqs.bind-port': port,
        'rest-stats.enabled': false,
        'generate-node-address': true,
        'aws.region': 'eu-central-1',
      };
      const set = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
      const java = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classpath];
      return new NativeEngine('java', [...java, ...set, 'org.elasticmq.server.Main'], {
        name: `ElasticMQ ${version}`,
        env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' },
        cwd: dir,
      });
    },
    url: (port) => `http://127.0.0.1:${port}`,
    accepts: async (url) => {
      const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      );
      return answer?.ok === true;
    },
  });
