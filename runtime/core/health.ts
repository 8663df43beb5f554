import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What `/ready` reports. */
export interface Readiness {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

/** What `/metrics` serves. */
export interface Exposition {
  readonly contentType: string;
  exposition(): Promise<string>;
}

export interface HealthServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Default: loopback. */
  readonly host?: string;
  readonly readiness: () => Readiness;
  readonly metrics: Exposition;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `/health` (the process answers), `/ready` (200 when it can work, else 503 with the reasons) and `/metrics`. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { port, host = '127.0.0.1', readiness, metrics } = options;
  const server = createServer((request, response) => {
    switch (request.url?.split('?')[0]) {
      case '/health':
        return sendJson(response, 200, { status: 'ok' });
      case '/ready': {
        const { ready, problems } = readiness();
        return sendJson(response, ready ? 200 : 503, { ready, problems });
      }
      case '/metrics':
        return void sendMetrics(response, metrics);
      default:
        return sendJson(response, 404, {});
    }
  });
  server.listen(port, host);
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

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function sendMetrics(response: ServerResponse, metrics: Exposition): Promise<void> {
  try {
    const text = await metrics.exposition();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
  } catch (error) {
    sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
  }
}
