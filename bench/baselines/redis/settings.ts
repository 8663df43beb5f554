import { createClient, type RedisClientType } from 'redis';

export const stream = 'entries';

// biome-ignore lint/complexity/noBannedTypes: no modules, functions or scripts, in the words of the client
export type Client = RedisClientType<{}, {}, {}, 2>;

/** Of the baselines; one that reads with BLOCK needs it for itself. */
export async function connect(): Promise<Client> {
  const client: Client = createClient({ url: process.env['STREAMS_URL'] ?? '', RESP: 2 });
  client.on('error', () => {});
  return client.connect();
}
