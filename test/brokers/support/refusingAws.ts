import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Numbers of the entries of a batch that are refused, by how many there are. */
type Refuse = (count: number) => readonly number[];

/** One kind of batch as it travels: which entries it has, the request without some, and the answer that says so. */
interface Batch {
  readonly ids: readonly string[];
  without(refused: readonly string[]): string;
  answer(text: string, refused: readonly string[]): string;
}

/**
 * Stands before an emulator of SQS and SNS and lets batches fail in part, which the emulator cannot: what it refuses does
 * not get there.
 */
export class RefusingAws {
  refuse: Refuse = () => [];
  /** Entries refused so far. */
  refused = 0;
  /** How many entries each batch of sends had. */
  readonly sends: number[] = [];
  readonly url: string;
  readonly #server: Server;
  readonly #target: string;

  private constructor(server: Server, target: string) {
    this.#server = server;
    this.#target = target;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (asked, answer) => {
      // What stands behind it is away, or whoever asked: so is this.
      void this.#pass(asked, answer).catch(() => answer.destroy());
    });
  }

  static async start(target: string): Promise<RefusingAws> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RefusingAws(server, target);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const text = await textOf(asked);
    const action = String(asked.headers['x-amz-target'] ?? '');
    const batch = action === '' ? ofForm(text) : ofJson(action, text);
    const refused = batch === undefined ? [] : this.#pick(batch, action);
    const body = batch === undefined || refused.length === 0 ? text : batch.without(refused);
    const { host: _, 'content-length': __, ...headers } = asked.headers;
    const onward = request(this.#target, { method: asked.method, path: asked.url, headers });
    answer.on('close', () => onward.destroy());
    onward.end(body);
    const [told] = (await once(onward, 'response')) as [IncomingMessage];
    const said = await textOf(told);
    const { 'content-length': ___, 'transfer-encoding': ____, ...rest } = told.headers;
    answer.writeHead(told.statusCode ?? 500, rest);
    answer.end(batch === undefined || refused.length === 0 ? said : batch.answer(said, refused));
  }

  #pick({ ids }: Batch, action: string): readonly string[] {
    if (!action.endsWith('.DeleteMessageBatch')) this.sends.push(ids.length);
    // One goes on at least: without an entry it would be no batch.
    const numbers = this.refuse(ids.length).slice(0, ids.length - 1);
    this.refused += numbers.length;
    return numbers.flatMap((at) => ids[at] ?? []);
  }
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const failure = { Code: 'InternalError', SenderFault: false, Message: 'refused by the test' };

/** SendMessageBatch and DeleteMessageBatch of SQS. */
function ofJson(action: string, text: string): Batch | undefined {
  if (!/\.(Send|Delete)MessageBatch$/.test(action)) return undefined;
  const { Entries, ...rest } = JSON.parse(text) as { Entries: { Id: string }[] };
  return {
    ids: Entries.map(({ Id }) => Id),
    without: (refused) =>
      JSON.stringify({ ...rest, Entries: Entries.filter(({ Id }) => !refused.includes(Id)) }),
    answer: (told, refused) =>
      JSON.stringify({ ...JSON.parse(told), Failed: refused.map((Id) => ({ Id, ...failure })) }),
  };
}

/** PublishBatch of SNS. */
function ofForm(text: string): Batch | undefined {
  const form = new URLSearchParams(text);
  if (form.get('Action') !== 'PublishBatch') return undefined;
  const prefix = 'PublishBatchRequestEntries.member.';
  const members = new Map<string, string>();
  for (const [name, value] of form) {
    const [, number] = new RegExp(`^${prefix}(\\d+)\\.Id$`).exec(name) ?? [];
    if (number !== undefined) members.set(number, value);
  }
  return {
    ids: [...members.values()],
    without: (refused) =>
      new URLSearchParams(
        [...form].filter(([name]) => {
          const number = name.startsWith(prefix) ? (name.slice(prefix.length).split('.')[0] ?? '') : '';
          return !refused.includes(members.get(number) ?? '');
        }),
      ).toString(),
    answer: (told, refused) =>
      told.replace(
        '<Failed></Failed>',
        `<Failed>${refused.map((id) => `<member><Id>${id}</Id><Code>InternalError</Code><Message>refused by the test</Message><SenderFault>false</SenderFault></member>`).join('')}</Failed>`,
      ),
  };
}
