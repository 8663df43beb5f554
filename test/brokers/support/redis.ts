import { createClient } from 'redis';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine } from './engine.ts';

/** `appendfsync everysec`: what the generated compose file runs; a crash may lose the last second of writes. */
const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec'];

/**
 * Starts a Redis of this test's own, or takes the one `LOOM_TEST_REDIS_URL` names.
 * @param args further arguments of a server from packages, such as `--aclfile FILE`
 */
export async function startRedis(args: readonly string[] = []): Promise<Broker> {
  return TestBroker.launch({
    name: 'Redis',
    envVar: 'LOOM_TEST_REDIS_URL',
    docker: { image: 'redis:7.4-alpine', port: 6379, args: ['redis-server', ...durability] },
    native: async (dir, port) => {
      const listen = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, '--daemonize', 'no'];
      const env = { PATH: process.env['PATH'] ?? '' };
      return new NativeEngine('redis-server', [...listen, ...durability, ...args], {
        name: 'redis-server',
        env,
        cwd: dir,
      });
    },
    url: (port) => `redis://127.0.0.1:${port}`,
    accepts: answersPing,
  });
}

/** False also while Redis still loads its append-only file: it then answers `-LOADING`. */
async function answersPing(url: string): Promise<boolean> {
  return (await pings({ url })) || (await pings({ url, username: 'health', password: 'any' }));
}

/** A Redis with the users of a workspace answers nobody else without a password. */
async function pings(login: { url: string; username?: string; password?: string }): Promise<boolean> {
  const client = createClient({ ...login, socket: { reconnectStrategy: false, connectTimeout: 1000 } });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
