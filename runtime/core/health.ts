import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What `/ready` reports. */
export interface Readiness {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/health` (the process answers) and `/ready` (200 when it can work, else 503 with the reasons), on loopback
 * only. Port 0 takes a free one.
 */
export async function startHealthServer(port: number, readiness: () => Readiness): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const state = readiness();
    const [status, body] =
      path === '/health'
        ? [200, { status: 'ok' }]
        : path === '/ready'
          ? [state.ready ? 200 : 503, state]
          : [404, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
