import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
import { parseScrape, sumOf } from '../support/scrape.ts';

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
    'Health server listens.',
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
  [
    '2 on a wrong share of traces',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_TRACES_SAMPLER_ARG: 'all' },
    2,
    /OTEL_TRACES_SAMPLER_ARG must be from 0 to 1/,
  ],
  ['2 on a wrong grace time', { SHUTDOWN_GRACE_MS: 'soon' }, 2, /SHUTDOWN_GRACE_MS must be a whole number/],
  ['1 on a missing queue', { QUEUE: 'absent' }, 1, /The queue absent does not exist/],
])('ends with %s, and says why', async (_, env, code, why) => {
  const child = await start(env);
  const exit = await child.exited;
  expect(exit).toMatchObject({ code });
  expect(child.output).toMatch(why);
});

it('serves its metrics', async () => {
  const child = await start();
  const port = Number((await child.waitOutput(/"port":(\d+)/))[1]);
  await child.waitOutput(/"msg":"handling"/);
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const samples = parseScrape(await response.text());
  expect(sumOf(samples, 'messaging_deliveries_in_flight', { service: 'fixture', consumer: 'work' })).toBe(1);
});

it('sends its traces to a collector, and logs their ids', async () => {
  const bodies: string[] = [];
  const collector = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.end('{}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void collector.close());
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const child = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    SERVICE_VERSION: '1.2.3',
  });
  await child.waitOutput(/"msg":"handling"/);
  expect(await child.terminate()).toMatchObject({ code: 0 });
  const sent = bodies.map((body) => JSON.parse(body) as ExportRequest).flatMap((body) => body.resourceSpans);
  const resource = Object.fromEntries(
    sent[0]?.resource.attributes.map(({ key, value }) => [key, value.stringValue]) ?? [],
  );
  expect(resource).toMatchObject({ 'service.name': 'fixture', 'service.version': '1.2.3' });
  const spans = sent.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  expect(spans.map(({ name }) => name).sort()).toEqual(['process jobs', 'send jobs.ex']);
  const [handling] = lines(child).filter(({ msg }) => msg === 'handling');
  expect(spans.map(({ traceId }) => traceId)).toEqual([handling?.['traceId'], handling?.['traceId']]);
});

it('works and ends in time without its collector', async () => {
  const child = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
  await child.waitOutput(/"msg":"handling"/);
  expect(await child.terminate()).toMatchObject({ code: 0 });
});

/** The parts of https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding that are looked at. */
interface ExportRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue: string } }[] };
    scopeSpans: { spans: { name: string; traceId: string }[] }[];
  }[];
}
