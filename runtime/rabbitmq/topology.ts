import type { Channel } from 'amqplib';
import { TopologyError } from '../core/errors.ts';
import type { Topology, TopologyNames } from '../core/types.ts';
import type { Link } from './link.ts';

/** Runs steps on one channel after the other: a failed declaration closes the channel it was made on. */
async function eachOn(link: Link, steps: readonly Step[]): Promise<void> {
  const failures: string[] = [];
  let channel: Channel | undefined;
  for (const { what, run } of steps) {
    if (channel === undefined) {
      channel = await link.model.createChannel();
      channel.on('error', () => {});
    }
    try {
      await run(channel);
    } catch (error) {
      const { code, message } = error as Error & { code?: number };
      // 403 no permission, 404 missing, 405 exclusive elsewhere, 406 other settings; all else is a lost connection.
      if (code === undefined || code < 400 || code > 406) throw error;
      failures.push(`${what}: ${brokerText(message)}`);
      channel = undefined;
    }
  }
  await channel?.close().catch(() => {});
  if (failures.length > 0) throw new TopologyError(`RabbitMQ does not fit the design. ${failures.join(' ')}`);
}

interface Step {
  readonly what: string;
  run(channel: Channel): Promise<unknown>;
}

function brokerText(message: string): string {
  return message.match(/with message "(.*)"/s)?.[1] ?? message;
}

/** Do they exist? Changes nothing, and needs no permission to configure. @throws TopologyError */
export function checkNames(link: Link, { exchanges, queues }: TopologyNames): Promise<void> {
  return eachOn(link, [
    ...exchanges
      .filter((name) => name !== '')
      .map((name) => ({ what: `Exchange ${name}`, run: (channel: Channel) => channel.checkExchange(name) })),
    ...queues.map((name) => ({ what: `Queue ${name}`, run: (channel: Channel) => channel.checkQueue(name) })),
  ]);
}

/** Declaring what exists with the same settings is no change; with others it is an error. @throws TopologyError */
export function declare(link: Link, { exchanges, queues, bindings }: Topology): Promise<void> {
  return eachOn(link, [
    ...exchanges.map(
      ({ name, type, durable, auto_delete = false, internal = false, arguments: args = {} }) => ({
        what: `Exchange ${name}`,
        run: (channel: Channel) =>
          channel.assertExchange(name, type, { durable, autoDelete: auto_delete, internal, arguments: args }),
      }),
    ),
    ...queues.map(({ name, durable, auto_delete = false, arguments: args = {} }) => ({
      what: `Queue ${name}`,
      run: (channel: Channel) =>
        channel.assertQueue(name, { durable, autoDelete: auto_delete, arguments: args }),
    })),
    ...bindings.map(({ source, destination, destination_type, routing_key, arguments: args = {} }) => ({
      what: `Binding ${source} → ${destination}`,
      run: (channel: Channel) =>
        destination_type === 'queue'
          ? channel.bindQueue(destination, source, routing_key, args)
          : channel.bindExchange(destination, source, routing_key, args),
    })),
  ]);
}
