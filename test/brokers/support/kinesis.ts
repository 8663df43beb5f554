import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { clientSettings } from '../../../runtime/aws/config.ts';
import { awsConfig } from './aws.ts';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine } from './engine.ts';

/** Starts an emulator of this test's own, or takes the one `LOOM_TEST_KINESIS_URL` names. What it has taken is on disk. */
export const startKinesis = (): Promise<Broker> =>
  TestBroker.launch({
    name: 'Kinesis',
    envVar: 'LOOM_TEST_KINESIS_URL',
    native: async (dir, port) =>
      new NativeEngine(
        process.execPath,
        [
          fileURLToPath(new URL('../fixtures/kinesalite.ts', import.meta.url)),
          String(port),
          join(dir, 'data'),
        ],
        { name: 'kinesalite', env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1' }, cwd: dir },
      ),
    url: (port) => `http://127.0.0.1:${port}`,
    accepts: async (url) => {
      const client = kinesisClient(url);
      try {
        await client.send(new ListStreamsCommand({ Limit: 1 }));
        return true;
      } catch {
        return false;
      } finally {
        client.destroy();
      }
    },
  });

/** The SDK itself, for what the tests do besides. */
export const kinesisClient = (url: string): KinesisClient =>
  new KinesisClient(clientSettings(awsConfig(url)));
