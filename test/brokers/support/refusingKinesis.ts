import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface PutRecords {
  readonly Records: readonly object[];
}

/**
 * Stands before an emulator, which takes every record, and refuses some as Kinesis does beyond the limits of a shard:
 * the answer is a success, and says of each record what became of it.
 */
export class RefusingKinesis {
  /** Records of a request that are refused, by their places. Default: none. */
  refuse: (count: number) => readonly number[] = () => [];
  /** What was refused so far. */
  refused = 0;
  /** Records of each request, refused ones included. */
  readonly requests: number[] = [];
  readonly #server: Server;
  readonly #target: URL;

  private constructor(server: Server, target: string) {
    this.#server = server;
    this.#target = new URL(target);
    server.on(
      'request',
      (asked: IncomingMessage, answer: ServerResponse) =>
        // What stands behind it is away: so is this.
        void this.#pass(asked, answer).catch(() => answer.destroy()),
    );
  }

  static async start(target: string): Promise<RefusingKinesis> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RefusingKinesis(server, target);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = Buffer.concat(await asked.toArray());
    const isPut = asked.headers['x-amz-target'] === 'Kinesis_20131202.PutRecords';
    const put = isPut ? (JSON.parse(body.toString()) as PutRecords) : undefined;
    if (put) this.requests.push(put.Records.length);
    const refused = new Set(put ? this.refuse(put.Records.length) : []);
    this.refused += refused.size;
    const kept = put?.Records.filter((_, at) => !refused.has(at)) ?? [];
    if (put && refused.size > 0 && kept.length === 0) return send(answer, 200, results([], put, refused));
    const forwarded = put && refused.size > 0 ? Buffer.from(JSON.stringify({ ...put, Records: kept })) : body;
    const { status, text } = await this.#forward(asked, forwarded);
    const taken = put && refused.size > 0 && status === 200;
    send(answer, status, taken ? results((JSON.parse(text) as PutRecords).Records, put, refused) : text);
  }

  async #forward(asked: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    const { hostname, port } = this.#target;
    const headers = { ...asked.headers, 'content-length': String(body.length) };
    const passed = request({ hostname, port, method: asked.method, path: asked.url, headers });
    passed.end(body);
    const [response] = (await once(passed, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, text: Buffer.concat(await response.toArray()).toString() };
  }
}

function results(taken: readonly object[], { Records }: PutRecords, refused: ReadonlySet<number>): string {
  let next = 0;
  const all = Records.map((_, at) =>
    refused.has(at)
      ? { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded for shard.' }
      : taken[next++],
  );
  return JSON.stringify({ FailedRecordCount: refused.size, Records: all });
}

function send(answer: ServerResponse, status: number, text: string): void {
  answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  answer.end(text);
}
