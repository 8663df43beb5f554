import { fileURLToPath } from 'node:url';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine } from './engine.ts';

/** Credentials that the emulator takes, as it takes any. */
export const awsConfig = (url: string) => ({
  endpoint: url,
  region: 'eu-central-1',
  accessKeyId: 'test',
  secretAccessKey: 'test',
});

/**
 * Starts an emulator of SQS and SNS of this test's own, in a process that can be stopped and killed and keeps its state;
 * or takes the one that `LOOM_TEST_SQS_URL` names.
 */
export const startAws = (): Promise<Broker> =>
  TestBroker.launch({
    name: 'AWS',
    envVar: 'LOOM_TEST_SQS_URL',
    native: async (dir, port) => {
      const program = fileURLToPath(new URL('../fixtures/fauxqs.ts', import.meta.url));
      const env = { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1' };
      return new NativeEngine(process.execPath, [program, String(port), dir], {
        name: 'fauxqs',
        env,
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
