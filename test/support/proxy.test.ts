import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withDeadline } from './process.ts';
import { FaultProxy } from './proxy.ts';

let echo: Server;
let accepted: Socket[];
let proxy: FaultProxy;

beforeEach(async () => {
  accepted = [];
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on('error', () => {}).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await FaultProxy.start(`tcp://127.0.0.1:${(echo.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await proxy.stop();
  for (const socket of accepted) socket.destroy();
  echo.close();
});

/** A client whose first byte has gone there and back. */
async function connected(): Promise<Socket> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  expect(await exchange(socket, '.')).toBe('.');
  return socket;
}

async function exchange(socket: Socket, message: string): Promise<string> {
  socket.write(message);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

it('rewrites the address of a URL and keeps the rest', () => {
  expect(proxy.via('amqp://user:secret@broker:5672/vhost?heartbeat=5')).toBe(
    `amqp://user:secret@127.0.0.1:${proxy.port}/vhost?heartbeat=5`,
  );
});

it('passes bytes and both ends of a connection unchanged', async () => {
  const sent = Buffer.alloc(3_000_000, 'abcdefg');
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(sent);
  expect(await text(socket)).toBe(sent.toString());
  await expect.poll(() => proxy.connections).toBe(0);
});

it('resets both sides of every connection, and takes new ones', async () => {
  const [first, second] = [await connected(), await connected()];
  const errors = [first, second, ...accepted].map((socket) => once(socket, 'error'));
  expect(proxy.reset()).toBe(2);
  // Each promise of an `error` event resolves with its error: a reset, not an orderly end.
  const codes = (await Promise.all(errors)).map(([error]) => error.code);
  expect(codes).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
  expect(proxy.connections).toBe(0);
  (await connected()).destroy();
});

it('swallows everything in a black hole without closing, and delivers after the heal', async () => {
  const socket = await connected();
  proxy.blackHole();
  const closed = once(socket, 'close');
  const answer = exchange(socket, 'held back');
  const newcomer = connect({ port: proxy.port, host: '127.0.0.1' });
  const greeted = exchange(newcomer, 'too');
  expect(await withDeadline(Promise.race([answer, closed, greeted]), 300)).toBeUndefined();
  proxy.heal();
  expect(await answer).toBe('held back');
  expect(await greeted).toBe('too');
  newcomer.destroy();
  socket.destroy();
});

it('hides the death of a peer in a black hole', async () => {
  const socket = await connected();
  proxy.blackHole();
  const failure = once(socket, 'error');
  accepted[0]?.resetAndDestroy();
  expect(await withDeadline(failure, 300)).toBeUndefined();
  proxy.heal();
  expect(await failure).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
});

it('delays each byte in each direction', async () => {
  const socket = await connected();
  proxy.conditions = { latencyMs: 100 };
  const started = performance.now();
  await exchange(socket, 'late');
  // Timers may fire up to a millisecond early; only the lower bound is promised.
  expect(performance.now() - started).toBeGreaterThanOrEqual(198);
  socket.destroy();
});

it('does not add up the latency of bytes that travel together', async () => {
  const socket = await connected();
  proxy.conditions = { latencyMs: 200 };
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes;
  });
  for (let n = 0; n < 20; n += 1) {
    socket.write('x');
    await new Promise(setImmediate);
  }
  await expect.poll(() => received, { timeout: 3000 }).toHaveLength(20);
  socket.destroy();
});

it('limits the rate', async () => {
  const socket = await connected();
  proxy.conditions = { bytesPerSecond: 10_000 };
  const started = performance.now();
  socket.end('x'.repeat(2000));
  expect(await text(socket)).toHaveLength(2000);
  expect(performance.now() - started).toBeGreaterThanOrEqual(190);
});

it('slices what is written', async () => {
  const socket = await connected();
  proxy.conditions = { sliceBytes: 3 };
  const pieces: number[] = [];
  accepted[0]?.on('data', (bytes) => pieces.push(bytes.length));
  socket.end('x'.repeat(300));
  expect(await text(socket)).toHaveLength(300);
  expect(pieces.length).toBeGreaterThan(10);
});
