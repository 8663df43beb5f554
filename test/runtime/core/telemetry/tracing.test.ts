import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { AsyncContextManager } from '../../../../runtime/core/telemetry/asyncContext.ts';
import { readTrace } from '../../../../runtime/core/telemetry/traceContext.ts';
import { TracingTelemetry } from '../../../../runtime/core/telemetry/tracing.ts';
import {
  defineService,
  type Envelope,
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

const exporter = new InMemorySpanExporter();
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

beforeEach(() => {
  exporter.reset();
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  context.setGlobalContextManager(new AsyncContextManager());
});

afterEach(() => {
  trace.disable();
  context.disable();
});

const spansOf = (kind: SpanKind) => exporter.getFinishedSpans().filter((span) => span.kind === kind);

async function traced(
  handler: (n: number, context: OrderContext, envelope: Envelope) => Promise<void> | void,
) {
  const broker = memoryBroker(workQueue('jobs'));
  const service = await startService(
    defineService({
      name: 'shop',
      producers: orderProducer('jobs'),
      consumers: {
        work: orderConsumer('jobs', ({ data, envelope }, used) => handler(data.n, used, envelope)),
      },
    }),
    {
      transports: { b: broker.transport() },
      store: memoryStore(),
      log: new MemoryLog(),
      telemetry: new TracingTelemetry(),
    },
  );
  onTestFinished(async () => {
    await service.stop();
    broker.close();
  });
  return { broker, service, orders: service.producers.orders };
}

it('makes a span of a send and one of the handling, linked, in the trace of the caller', async () => {
  const { broker, orders } = await traced(() => {});
  await orders.send('order.placed', { id: 'a', n: 1 }, { traceparent, eventId: 'e1', correlationId: 'c1' });
  await broker.idle();
  const [send] = spansOf(SpanKind.PRODUCER);
  const [process] = spansOf(SpanKind.CONSUMER);
  expect(send?.name).toBe('send jobs.ex');
  expect(send?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(send?.attributes).toMatchObject({
    'messaging.system': 'memory',
    'messaging.operation.type': 'send',
    'messaging.destination.name': 'jobs.ex',
    'messaging.message.id': 'e1',
    'messaging.message.conversation_id': 'c1',
  });
  expect(process?.name).toBe('process jobs');
  expect(process?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(process?.parentSpanContext?.spanId).toBe(send?.spanContext().spanId);
  expect(process?.links.map(({ context: linked }) => linked.spanId)).toEqual([send?.spanContext().spanId]);
  expect(process?.attributes).toMatchObject({
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'jobs',
    'messaging.consumer.group.name': 'shop.work',
    'messaging.message.id': 'e1',
  });
});

it('carries the trace of a handler into what it sends and the spans it makes', async () => {
  const { broker, orders } = await traced(async (n, { producers }) => {
    if (n > 1) return;
    await Promise.resolve();
    trace.getTracer('application').startSpan('query').end();
    await producers.orders.send('order.placed', { id: 'a', n: 2 });
  });
  await orders.send('order.placed', { id: 'a', n: 1 });
  await broker.idle();
  const [first] = spansOf(SpanKind.CONSUMER).filter(
    (span) => span.links[0]?.context.spanId === sends()[0]?.spanContext().spanId,
  );
  const handler = first?.spanContext().spanId;
  const [query] = spansOf(SpanKind.INTERNAL);
  expect(query?.parentSpanContext?.spanId).toBe(handler);
  expect(sends()[1]?.parentSpanContext?.spanId).toBe(handler);
  const traces = exporter.getFinishedSpans().map((span) => span.spanContext().traceId);
  expect(new Set(traces).size).toBe(1);
});

const sends = () =>
  spansOf(SpanKind.PRODUCER).sort(
    (a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1],
  );

it('names the error of a failure, and does not repeat its text', async () => {
  const { broker, orders } = await traced(() => {
    throw new NonRetryableError('card 4111 1111 1111 1111 refused');
  });
  await orders.send('order.placed', { id: 'a', n: 1 });
  await broker.idle();
  const [process] = spansOf(SpanKind.CONSUMER);
  expect(process?.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(process?.attributes['error.type']).toBe('LOOM_NON_RETRYABLE');
  expect(JSON.stringify([process?.attributes, process?.events])).not.toContain('4111');
});

it('passes a trace context on as it came when nobody traces', async () => {
  trace.disable();
  const seen: unknown[] = [];
  const { broker, orders } = await traced((n, { producers }, envelope) => {
    seen.push([n, envelope.traceparent, envelope.tracestate]);
    if (n === 1) return producers.orders.send('order.placed', { id: 'a', n: 2 }).then(() => {});
  });
  await orders.send('order.placed', { id: 'a', n: 1 }, { traceparent, tracestate: 'vendor=1' });
  await broker.idle();
  await orders.send('order.placed', { id: 'b', n: 3 });
  await broker.idle();
  expect(seen).toEqual([
    [1, traceparent, 'vendor=1'],
    [2, traceparent, 'vendor=1'],
    [3, undefined, undefined],
  ]);
  expect(exporter.getFinishedSpans()).toEqual([]);
});

it.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['another format', 'b7ad6b7169203331'],
  ['zeros', '00-00000000000000000000000000000000-b7ad6b7169203331-01'],
  ['version ff', 'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['capitals', '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01'],
])('reads no trace from %s', (_, text) => {
  expect(readTrace(text === undefined ? {} : { traceparent: text })).toBeUndefined();
});

it('reads a later version by the fields it shares', () => {
  expect(readTrace({ traceparent: `cc${traceparent.slice(2)}-what`, tracestate: 'a=1' })).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
  });
});
