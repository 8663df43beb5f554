import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { examples } from '../contracts/examples.ts';
import {
  type ConsumerDefinition,
  defineProducer,
  type MessageContract,
  NonRetryableError,
  type ServiceDefinition,
} from '../messaging/index.ts';
import { inMemory } from './memory.ts';

process.env.LOG_LEVEL ??= 'silent';

/**
 * Tests what is generated around the handlers of a service, on brokers in memory: that messages arrive, are validated,
 * remembered and acknowledged, and that a failure ends in the dead-letter queue. The handlers themselves are not run.
 */
export function testWiring(service: ServiceDefinition): void {
  for (const [id, { messages }] of Object.entries(service.producers)) {
    for (const { type } of messages) testProducer(service, id, type);
  }
  for (const [id, consumer] of Object.entries(service.consumers)) {
    for (const contract of consumer.messages) testConsumer(service, id, consumer, contract);
  }
}

const without = (type: string) =>
  (examples[type] ?? []).length === 0 ? `the design has no example of ${type}` : false;

function testProducer(service: ServiceDefinition, id: string, type: string): void {
  test(`${id} sends ${type} to a queue`, { skip: without(type) }, async () => {
    const memory = inMemory();
    const running = await memory.start({ ...service, consumers: {}, run: () => {} });
    for (const body of examples[type] ?? []) {
      const receipt = await running.producers[id]?.send(type, body);
      await memory.sent();
      const copies = memory
        .waiting()
        .filter(({ message }) => message.properties.messageId === receipt?.eventId);
      assert.notEqual(copies.length, 0, 'the broker has the message in a queue');
      for (const { message } of copies) assert.deepEqual(parse(message.body), body);
    }
    await running.stop();
    memory.close();
  });
}

type Consumer = ConsumerDefinition<MessageContract>;

function testConsumer(
  service: ServiceDefinition,
  id: string,
  consumer: Consumer,
  contract: MessageContract,
): void {
  const { type } = contract;
  const bodies = examples[type] ?? [];

  /**
   * Runs the service with `handler` in place of its own and sends each body to the queue, with the event ids given, until
   * all is settled or the service says that it cannot go on.
   */
  const run = async (
    handler: Consumer['handler'],
    sends: readonly { body: unknown; eventId?: string }[],
    stops = false,
  ) => {
    const memory = inMemory();
    const running = await memory.start({
      ...service,
      consumers: { [id]: { ...consumer, handler } },
      run: () => {},
    });
    const to = sourceOf(consumer);
    const sender = await memory.start({
      name: 'sender',
      producers: { sender: defineProducer({ broker: consumer.broker, to, messages: [contract] }) },
      consumers: {},
    });
    for (const { body, eventId } of sends) {
      await sender.producers.sender?.send(type, body, eventId === undefined ? {} : { eventId });
      if (!stops) await memory.idle();
      while (stops && running.ready) await setTimeout(5);
    }
    // A topic keeps what was handled.
    const waiting = memory.waiting().filter(({ channel }) => !('topic' in to) || channel !== to.topic);
    assert.equal(await sender.stop(), true);
    assert.equal(await running.stop(), true, 'nothing is left at work');
    memory.close();
    return waiting;
  };

  test(`${id} handles ${type} once and acknowledges it`, { skip: without(type) }, async () => {
    const seen: unknown[] = [];
    const waiting = await run(
      ({ data }) => void seen.push(data),
      bodies.map((body) => ({ body })),
    );
    assert.deepEqual(sorted(seen), sorted(bodies));
    assert.deepEqual(waiting, []);
  });

  const repeated = consumer.idempotency ? 'once' : 'again';
  test(`${id} handles ${type} ${repeated} when it is delivered twice`, { skip: without(type) }, async () => {
    const seen: unknown[] = [];
    const twice = { body: bodies[0], eventId: 'the-same-event' };
    await run(({ data }) => void seen.push(data), [twice, twice]);
    assert.equal(seen.length, consumer.idempotency ? 1 : 2);
  });

  const refuse = () => {
    throw new NonRetryableError('refused by the test');
  };
  if (consumer.onFailure === 'stop') {
    test(`${id} holds ${type} when its handler refuses it`, { skip: without(type) }, async () => {
      assert.deepEqual(await run(refuse, [{ body: bodies[0] }], true), [], 'nothing is dead-lettered');
    });
    return;
  }
  test(`${id} dead-letters ${type} when its handler refuses it`, { skip: without(type) }, async () => {
    const waiting = await run(refuse, [{ body: bodies[0] }]);
    assert.deepEqual(
      waiting.map(({ message }) => parse(message.body)),
      [bodies[0]],
    );
    const { deadLetter } = consumer;
    if ('queue' in deadLetter) assert.equal(waiting[0]?.channel, deadLetter.queue);
    if ('topic' in deadLetter) assert.equal(waiting[0]?.channel, deadLetter.topic);
  });
}

/** Where its messages come from, besides what it tries again. */
function sourceOf(consumer: Consumer): { queue: string } | { topic: string } {
  if ('topic' in consumer) return { topic: consumer.topic };
  return { queue: consumer.source?.stream ?? consumer.queue };
}

const parse = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body));
const sorted = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();
