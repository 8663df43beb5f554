import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * `count` different ports of 127.0.0.1 that nobody listens on. They lie below the range from which Linux takes the
 * ports of outgoing connections, so that a stopped broker finds its port free when it comes back.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held = [];
  while (held.length < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (free) held.push({ port, server });
  }
  await Promise.all(held.map(({ server }) => new Promise((done) => server.close(done))));
  return held.map(({ port }) => port);
}

/** One port as {@link freePorts} gives them. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}
