import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { TestProcess } from '../../support/process.ts';

const program = fileURLToPath(new URL('./fixtures/service.ts', import.meta.url));
let process_: TestProcess | undefined;

async function start(env: Record<string, string> = {}): Promise<TestProcess> {
  const full = { PATH: process.env['PATH'] ?? '', HEALTH_PORT: '0', ...env };
  process_ = await TestProcess.start(process.execPath, [program], { env: full });
  return process_;
}

afterEach(() => process_?.kill());

/** The log as objects; fails on a line that is not JSON. */
function lines(child: TestProcess): Record<string, unknown>[] {
  return child.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('is ready, drains on SIGTERM and ends with 0', async () => {
  const child = await start();
  const port = Number((await child.waitOutput(/"port":(\d+)/))[1]);
  await child.waitOutput(/"msg":"handling"/);
  await child.waitReady(`http://127.0.0.1:${port}/ready`);
  expect(await child.terminate()).toMatchObject({ code: 0 });
  expect(lines(child).map(({ msg }) => msg)).toEqual([
    'Health server listens on 127.0.0.1.',
    'Started.',
    'handling',
    'Stopping.',
    'handled',
    'Stopped.',
  ]);
  const [handling] = lines(child).filter(({ msg }) => msg === 'handling');
  expect(handling).toMatchObject({
    level: 'info',
    service: 'fixture',
    consumer: 'work',
    eventId: expect.any(String),
    correlationId: expect.any(String),
    password: '[Redacted]',
  });
});

it('ends with 1 when the grace time was not enough', async () => {
  const child = await start({ BROKEN: 'handler', SHUTDOWN_GRACE_MS: '50' });
  await child.waitOutput(/"msg":"handling"/);
  expect(await child.terminate()).toMatchObject({ code: 1 });
  expect(lines(child).at(-1)).toMatchObject({ msg: 'Stopped.', drained: false });
});

it.each([
  ['2 on wrong settings', { BROKEN: 'settings' }, 2, /RABBITMQ_URL is not set/],
  ['2 on a wrong grace time', { SHUTDOWN_GRACE_MS: 'soon' }, 2, /SHUTDOWN_GRACE_MS must be a whole number/],
  ['1 on a missing queue', { QUEUE: 'absent' }, 1, /The queue absent does not exist/],
])('ends with %s, and says why', async (_, env, code, why) => {
  const child = await start(env);
  const exit = await child.exited;
  expect(exit).toMatchObject({ code });
  expect(child.output).toMatch(why);
});
