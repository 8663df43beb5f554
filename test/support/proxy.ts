import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How bytes travel, in each direction. */
export interface Conditions {
  /** Milliseconds by which each byte comes late. */
  latencyMs?: number;
  /** Bytes per second of one connection in one direction. */
  bytesPerSecond?: number;
  /** Largest piece written at once, so that frames arrive in slices. */
  sliceBytes?: number;
}

/** Bytes held back per connection and direction before the sender is stopped, as a kernel's buffers would. */
const window = 256 * 1024;

/** A TCP proxy on 127.0.0.1 that misbehaves on demand, between a client and a broker. */
export class FaultProxy {
  readonly port: number;
  #server: Server;
  #links = new Set<Link>();
  #conditions: Conditions = {};
  #gate = new Gate();

  private constructor(server: Server, target: { host: string; port: number }) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => {
      const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true });
      const link: Link = { client, upstream };
      this.#links.add(link);
      this.#pump(link, client, upstream);
      this.#pump(link, upstream, client);
    });
  }

  /** Listens on a free port and forwards to the host and port of `url`. */
  static async start(url: string): Promise<FaultProxy> {
    const { hostname, port } = new URL(url);
    const server = createServer({ allowHalfOpen: true, noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, { host: hostname, port: Number(port) });
  }

  /** `url` with this proxy's address instead of its own. */
  via(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String(this.port);
    return through.href;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#links.size;
  }

  /** Changes how bytes travel from now on; `{}` heals. */
  set conditions(conditions: Conditions) {
    this.#conditions = conditions;
  }

  /** Resets (RST) every open connection on both sides and returns how many; new ones are welcome. */
  reset(): number {
    const open = [...this.#links];
    for (const link of open) this.#drop(link);
    return open.length;
  }

  /** Nothing passes any more, in open and new connections, and no end of connection either: a pulled cable. */
  blackHole(): void {
    this.#gate.close();
  }

  /** Ends a black hole: what was held back passes, as TCP would send it again. */
  heal(): void {
    this.#gate.open();
  }

  async stop(): Promise<void> {
    this.reset();
    this.#gate.open();
    await new Promise((done) => this.#server.close(done));
  }

  #drop(link: Link): void {
    if (!this.#links.delete(link)) return;
    link.client.resetAndDestroy();
    link.upstream.resetAndDestroy();
  }

  /** Moves bytes one way until the sender ends or the link is dropped. */
  #pump(link: Link, from: Socket, to: Socket): void {
    const queue: { bytes: Buffer; due: number }[] = [];
    let held = 0;
    let ended = false;
    let wake = (): void => {};
    from.on('data', (bytes: Buffer) => {
      queue.push({ bytes, due: Date.now() + (this.#conditions.latencyMs ?? 0) });
      held += bytes.length;
      if (held > window) from.pause();
      wake();
    });
    from.on('end', () => {
      ended = true;
      wake();
    });
    // A dead peer is noticed at once, but a black hole keeps the news back too.
    from.on('error', () => void this.#gate.passing().then(() => this.#drop(link)));
    from.on('close', () => {
      if (to.destroyed) this.#links.delete(link);
    });

    const forward = async (): Promise<void> => {
      while (this.#links.has(link)) {
        const next = queue.shift();
        if (!next) {
          if (ended) break;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        await delay(Math.max(0, next.due - Date.now()));
        for (const piece of this.#pieces(next.bytes)) await this.#write(to, piece);
        held -= next.bytes.length;
        if (held <= window) from.resume();
      }
      await this.#gate.passing();
      to.end();
    };
    void forward();
  }

  *#pieces(bytes: Buffer): Generator<Buffer> {
    for (let at = 0; at < bytes.length; ) {
      const { sliceBytes, bytesPerSecond } = this.#conditions;
      const size = Math.min(sliceBytes ?? bytes.length, Math.ceil((bytesPerSecond ?? Infinity) / 10));
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }

  async #write(to: Socket, piece: Buffer): Promise<void> {
    const { bytesPerSecond, sliceBytes } = this.#conditions;
    // A pause between the slices, or the kernel would join them again.
    if (sliceBytes) await delay(1);
    if (bytesPerSecond) await delay((piece.length / bytesPerSecond) * 1000);
    await this.#gate.passing();
    if (to.destroyed || to.write(piece)) return;
    const settled = new AbortController();
    const on = (event: string): Promise<unknown> => once(to, event, { signal: settled.signal });
    await Promise.race([on('drain'), on('close')]).catch(() => {});
    settled.abort();
  }
}

interface Link {
  client: Socket;
  upstream: Socket;
}

/** Lets through what arrives while it is open. */
class Gate {
  #opened: Promise<void> | undefined;
  #open = (): void => {};

  close(): void {
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#opened = undefined;
    this.#open();
  }

  async passing(): Promise<void> {
    while (this.#opened) await this.#opened;
  }
}
