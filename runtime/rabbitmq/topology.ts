import type { Channel } from 'amqplib';
import { TopologyError } from '../core/errors.ts';
import type { ExchangeDeclaration, QueueDeclaration, Topology, TopologyNames } from '../core/types.ts';

/** What opens channels: a connection. */
interface Channels {
  createChannel(): Promise<Channel>;
}

interface Step {
  readonly what: string;
  run(channel: Channel): Promise<unknown>;
}

interface Failure {
  readonly what: string;
  readonly code: number;
  /** The broker's words. */
  readonly text: string;
}

/** Runs steps on one channel after the other: a failed one closes the channel it was made on. */
async function attempt(channels: Channels, steps: readonly Step[]): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  let channel: Channel | undefined;
  for (const { what, run } of steps) {
    if (channel === undefined) {
      channel = await channels.createChannel();
      channel.on('error', () => {});
    }
    try {
      await run(channel);
    } catch (error) {
      const { code, message } = error as Error & { code?: number };
      // 403 no permission, 404 missing, 405 exclusive elsewhere, 406 other settings; all else is a lost connection.
      if (code === undefined || code < 400 || code > 406) throw error;
      failures.push({ what, code, text: message.match(/with message "(.*)"/s)?.[1] ?? message });
      channel = undefined;
    }
  }
  await channel?.close().catch(() => {});
  return failures;
}

async function assertAll(channels: Channels, steps: readonly Step[]): Promise<void> {
  const failures = await attempt(channels, steps);
  if (failures.length === 0) return;
  const list = failures.map(({ what, text }) => `${what}: ${text}`).join(' ');
  throw new TopologyError(`RabbitMQ does not fit the design. ${list}`);
}

const exchangeCheck = (name: string): Step => ({
  what: `Exchange ${name}`,
  run: (channel) => channel.checkExchange(name),
});

const queueCheck = (name: string): Step => ({
  what: `Queue ${name}`,
  run: (channel) => channel.checkQueue(name),
});

const exchangeDeclaration = (exchange: ExchangeDeclaration): Step => ({
  what: `Exchange ${exchange.name}`,
  run: (channel) => {
    const { name, type, durable, auto_delete = false, internal = false, arguments: args = {} } = exchange;
    return channel.assertExchange(name, type, {
      durable,
      autoDelete: auto_delete,
      internal,
      arguments: args,
    });
  },
});

const queueDeclaration = (queue: QueueDeclaration): Step => ({
  what: `Queue ${queue.name}`,
  run: (channel) => {
    const { name, durable, auto_delete = false, arguments: args = {} } = queue;
    return channel.assertQueue(name, { durable, autoDelete: auto_delete, arguments: args });
  },
});

/** Do they exist? Changes nothing, and needs no permission to configure. @throws TopologyError */
export function checkNames(channels: Channels, { exchanges, queues }: TopologyNames): Promise<void> {
  return assertAll(channels, [
    ...exchanges.filter((name) => name !== '').map(exchangeCheck),
    ...queues.map(queueCheck),
  ]);
}

/** Declaring what exists with the same settings is no change; with others it is an error. @throws TopologyError */
export function declare(channels: Channels, { exchanges, queues, bindings }: Topology): Promise<void> {
  return assertAll(channels, [
    ...exchanges.map(exchangeDeclaration),
    ...queues.map(queueDeclaration),
    ...bindings.map(({ source, destination, destination_type, routing_key, arguments: args = {} }) => ({
      what: `Binding ${source} → ${destination}`,
      run: (channel: Channel) =>
        destination_type === 'queue'
          ? channel.bindQueue(destination, source, routing_key, args)
          : channel.bindExchange(destination, source, routing_key, args),
    })),
  ]);
}

/**
 * Exchanges and queues that are missing, or exist with other settings; `detail` is then what the broker says. Only what
 * exists is declared again, which changes nothing and has the broker compare the settings.
 */
export async function probe(
  channels: Channels,
  { exchanges, queues }: Topology,
): Promise<readonly { readonly what: string; readonly detail?: string }[]> {
  const missing = await attempt(channels, [
    ...exchanges.map(({ name }) => exchangeCheck(name)),
    ...queues.map(({ name }) => queueCheck(name)),
  ]);
  const refused = missing.find(({ code }) => code !== 404);
  if (refused !== undefined) throw new TopologyError(`${refused.what}: ${refused.text}`);
  const absent = new Set(missing.map(({ what }) => what));
  const present = [...exchanges.map(exchangeDeclaration), ...queues.map(queueDeclaration)].filter(
    ({ what }) => !absent.has(what),
  );
  const changed = await attempt(channels, present);
  return [
    ...missing.map(({ what }) => ({ what })),
    ...changed.map(({ what, text }) => ({ what, detail: text })),
  ];
}
