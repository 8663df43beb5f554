import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, freePorts } from './ports.ts';
import { TestProcess, withDeadline } from './process.ts';

const node = (code: string, env: Record<string, string> = {}): Promise<TestProcess> =>
  TestProcess.start(process.execPath, ['--eval', code], { name: 'sample', env });

it('collects the output of both streams and the exit code', async () => {
  const child = await node("console.log('out', process.env.A); console.error('err'); process.exitCode = 3", {
    A: '1',
  });
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(child.output).toContain('out 1');
  expect(child.output).toContain('err');
});

it('says what could not be started', async () => {
  await expect(TestProcess.start('no-such-program', [], { name: 'sample' })).rejects.toThrow(
    /^sample could not be started: .*ENOENT/,
  );
});

it('inherits no environment', async () => {
  const child = await node('console.log(Object.keys(process.env).length)');
  await child.exited;
  expect(child.output.trim()).toBe('0');
});

it('waits until a service is ready', async () => {
  const port = await freePort();
  const child = await node(`
    let ready = false;
    require('node:http').createServer((_, response) => {
      response.statusCode = ready ? 200 : 503;
      ready = true;
      response.end();
    }).listen(${port}, '127.0.0.1');
  `);
  await child.waitReady(`http://127.0.0.1:${port}/ready`);
  expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200);
  await child.kill();
});

it('reports a service that ends before it is ready, with its output', async () => {
  const child = await node("console.error('no broker'); process.exit(1)");
  await expect(child.waitReady(`http://127.0.0.1:${await freePort()}/ready`)).rejects.toThrow(
    /sample ended before it was ready\.\nno broker/,
  );
});

it('kills a process together with what it started', async () => {
  const child = await node(`
    const inner = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    inner.on('spawn', () => console.log('inner runs'));
  `);
  await child.waitOutput(/inner runs/);
  // `exited` waits for the end of the output, which the inner process holds open.
  expect(await child.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(child.signal('SIGTERM')).toBe(false);
});

it('lets a process end by itself on SIGTERM', async () => {
  const child = await node(
    "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log('up')",
  );
  await child.waitOutput(/up/);
  expect(await child.terminate()).toEqual({ code: 0, signal: null });
});

it('kills a process that outlives its grace time, and says so', async () => {
  const child = await node("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')");
  await child.waitOutput(/up/);
  await expect(child.terminate(100)).rejects.toThrow(/sample did not end within 100 ms of SIGTERM/);
  expect(child.exit).toEqual({ code: null, signal: 'SIGKILL' });
});

it('gives up waiting after a deadline', async () => {
  expect(await withDeadline(new Promise(() => {}), 10)).toBeUndefined();
  expect(await withDeadline(Promise.resolve('value'), 10_000)).toBe('value');
  await expect(withDeadline(Promise.reject(new Error('failed')), 10_000)).rejects.toThrow('failed');
});

it('finds different ports that can be bound', async () => {
  const ports = await freePorts(5);
  expect(new Set(ports).size).toBe(5);
  await Promise.all(
    ports.map(
      (port) =>
        new Promise<void>((done) => {
          const server = createServer().listen(port, '127.0.0.1', () => server.close(() => done()));
        }),
    ),
  );
});
