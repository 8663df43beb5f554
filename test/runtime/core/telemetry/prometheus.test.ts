import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deferred } from '../../../../runtime/core/abort.ts';
import { metrics } from '../../../../runtime/core/telemetry/metrics.ts';
import { PrometheusTelemetry } from '../../../../runtime/core/telemetry/prometheus.ts';
import {
  defineService,
  type IdempotencyStore,
  memoryStore,
  NonRetryableError,
  startService,
} from '../../../../runtime/index.ts';
import { memoryBroker } from '../../../../runtime/memory/index.ts';
import {
  MemoryLog,
  type OrderContext,
  orderConsumer,
  orderProducer,
  workQueue,
} from '../../support/scenario.ts';
import { parseScrape, sumOf } from '../../support/scrape.ts';

/** A service on a broker in this process, watched. */
async function watched(
  handler: (n: number, context: OrderContext) => Promise<void> | void,
  store: IdempotencyStore = memoryStore(),
) {
  const telemetry = new PrometheusTelemetry('shop', '1.2.3');
  const broker = memoryBroker(workQueue('jobs'));
  const service = await startService(
    defineService({
      name: 'shop',
      producers: orderProducer('jobs'),
      consumers: {
        work: orderConsumer('jobs', ({ data }, context) => handler(data.n, context), {
          concurrency: 1,
          prefetch: 2,
        }),
      },
    }),
    { transports: { b: broker.transport() }, store, log: new MemoryLog(), telemetry, graceMs: 1_000 },
  );
  onTestFinished(async () => {
    await service.stop();
    broker.close();
  });
  return {
    service,
    broker,
    send: (n: number, eventId = `event-${n}`) =>
      service.producers.orders.send('order.placed', { id: `order-${n}`, n }, { eventId }),
    async scrape() {
      const text = await telemetry.exposition();
      const samples = parseScrape(text);
      const of = (name: string, labels: Record<string, string> = {}) => sumOf(samples, name, labels);
      return { text, samples, of };
    },
  };
}

describe('metrics of a service', () => {
  it('count sends by outcome', async () => {
    const { service, send, scrape } = await watched(() => {});
    await send(1);
    await expect(service.producers.orders.send('order.placed', { id: 'x' } as never)).rejects.toThrow();
    const { of } = await scrape();
    const labels = { service: 'shop', broker: 'b', producer: 'orders', destination: 'jobs.ex' };
    expect(of('messaging_sends_total', { ...labels, outcome: 'confirmed' })).toBe(1);
    expect(of('messaging_sends_total', { ...labels, outcome: 'invalid_message' })).toBe(1);
    expect(of('messaging_sends_total', { ...labels, outcome: 'send_timeout' })).toBe(0);
    expect(of('messaging_send_attempts_total', labels)).toBe(1);
    expect(of('messaging_send_duration_seconds_count', labels)).toBe(1);
    expect(of('messaging_sends_unsettled', labels)).toBe(0);
  });

  it('count deliveries by what became of them', async () => {
    const { broker, send, scrape } = await watched((n, { attempt }) => {
      if (n === 2 && attempt === 1) throw new Error('once');
      if (n === 3) throw new NonRetryableError('never');
    });
    await send(1);
    await broker.idle();
    await send(1);
    await send(2);
    await send(3);
    await broker.idle();
    const { of } = await scrape();
    const labels = { service: 'shop', broker: 'b', consumer: 'work', channel: 'jobs' };
    const outcome = (name: string) => of('messaging_deliveries_total', { ...labels, outcome: name });
    expect(outcome('handled')).toBe(2);
    expect(outcome('duplicate')).toBe(1);
    expect(outcome('retried')).toBe(1);
    expect(outcome('dead-lettered')).toBe(1);
    expect(outcome('returned')).toBe(0);
    expect(of('messaging_dead_letters_total', { ...labels, reason: 'non-retryable' })).toBe(1);
    expect(of('messaging_dead_letters_total', { ...labels, reason: 'invalid' })).toBe(0);
    expect(of('messaging_handler_duration_seconds_count', { ...labels, result: 'success' })).toBe(2);
    expect(of('messaging_handler_duration_seconds_count', { ...labels, result: 'failure' })).toBe(2);
    expect(of('messaging_message_age_seconds_count', labels)).toBe(5);
  });

  it('tell what is in flight, how old it is and what waits behind it', async () => {
    const reached = deferred<void>();
    const released = deferred<void>();
    const { service, broker, scrape } = await watched(async () => {
      reached.resolve();
      await released.promise;
    });
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (let n = 0; n < 5; n++) {
      await service.producers.orders.send('order.placed', { id: `o${n}`, n }, { time: hourAgo });
    }
    await reached.promise;
    const during = await scrape();
    expect(during.of('messaging_deliveries_in_flight')).toBe(2);
    expect(during.of('messaging_backlog_messages')).toBe(3);
    expect(during.of('messaging_oldest_delivery_age_seconds')).toBeGreaterThanOrEqual(3_600);
    released.resolve();
    await broker.idle();
    // The acknowledgement, which the broker sees, comes a moment before the end of the delivery.
    await service.stop();
    const after = await scrape();
    expect(after.of('messaging_deliveries_in_flight')).toBe(0);
    expect(after.of('messaging_backlog_messages')).toBe(0);
    expect(after.of('messaging_oldest_delivery_age_seconds')).toBe(0);
  });

  it('count a store that refuses', async () => {
    const store = memoryStore();
    const working = store.claim.bind(store);
    let failures = 0;
    store.claim = async (...args) => {
      if (failures++ === 0) throw new Error('away');
      return working(...args);
    };
    const { broker, send, scrape } = await watched(() => {}, store);
    await send(1);
    await broker.idle();
    expect((await scrape()).of('messaging_store_errors_total')).toBe(1);
  });

  it('tell connection, readiness and build', async () => {
    const { service, scrape } = await watched(() => {});
    const { of } = await scrape();
    expect(of('messaging_ready')).toBe(1);
    expect(of('messaging_broker_connected', { broker: 'b' })).toBe(1);
    expect(of('messaging_build_info', { version: '1.2.3', node: process.version })).toBe(1);
    expect(of('process_cpu_seconds_total', { service: 'shop' })).toBeGreaterThan(0);
    await service.stop();
    const stopped = await scrape();
    expect(stopped.of('messaging_ready')).toBe(0);
    expect(stopped.of('messaging_broker_connected', { broker: 'b' })).toBe(0);
  });

  it('have as many series after a thousand messages as before', async () => {
    const { broker, send, scrape } = await watched((n) => {
      if (n % 100 === 0) throw new NonRetryableError(`order-${n}`);
    });
    const before = await scrape();
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => send(n)));
    await broker.idle();
    const after = await scrape();
    expect(after.of('messaging_deliveries_total')).toBe(1_000);
    const own = ({ samples }: typeof before) => samples.filter(({ name }) => name.startsWith('messaging_'));
    expect(own(after).length).toBe(own(before).length);
    expect(after.text).not.toMatch(/order-\d|event-\d/);
  });
});

it('the documentation lists exactly these metrics', () => {
  const page = readFileSync(new URL('../../../../docs/runtime.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(messaging_\w+)` \| (\w+) \| (.*?) \| (.*?) \|$/gm)];
  const documented = rows.map(([, name, type, labels, help]) => ({ name, type, labels, help }));
  const defined = Object.values(metrics).map(({ name, type, labels, help }) => ({
    name,
    type,
    labels: labels.map((label) => `\`${label}\``).join(', ') || '–',
    help,
  }));
  expect(documented).toEqual(defined);
});
