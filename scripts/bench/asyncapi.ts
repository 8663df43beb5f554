import { stringify } from 'yaml';

/** Versions of AsyncAPI: the one that Spectral asks for, and the last one before channels and operations were parted. */
export type AsyncApiVersion = '3.1.0' | '2.6.0';

/**
 * The topology of `designWith(channels)` as AsyncAPI: for every queue a channel with its producer and its consumer, for
 * every ten queues a message. The operations are not described, so that Spectral too has something to say about each
 * channel.
 */
export function asyncApiWith(channels: number, version: AsyncApiVersion): string {
  const groups = Math.ceil(channels / 10);
  const group = (i: number): number => i % groups;
  const about = {
    title: 'bench',
    version: '1.0.0',
    description: 'A design of many elements.',
    contact: { name: 'bench', url: 'https://example.org', email: 'bench@example.org' },
    license: { name: 'MIT', url: 'https://example.org/license' },
  };
  const tags = [{ name: 'bench', description: 'Generated.' }];
  const host = 'amqp.example.org:5672';
  const server = { protocol: 'amqp', description: 'work' };
  const channel = (i: number) => ({
    description: `what waits for worker ${i}`,
    bindings: {
      amqp: {
        is: 'queue',
        queue: { name: `queue-${i}`, durable: true, exclusive: false, autoDelete: false },
      },
    },
  });
  const summary = (i: number) => `service-${group(i)}`;
  const name = (i: number) => `message-${group(i)}`;
  const message = (i: number) => ({ $ref: `#/components/messages/${name(i)}` });
  const document = {
    asyncapi: version,
    id: 'urn:bench',
    defaultContentType: 'application/json',
    ...(version === '3.1.0'
      ? {
          info: { ...about, tags },
          servers: { work: { host, ...server } },
          channels: record(channels, (i) => [
            `queue-${i}`,
            { address: `queue-${i}`, ...channel(i), messages: { [name(i)]: message(i) } },
          ]),
          operations: record(2 * channels, (n) => {
            const i = n >> 1;
            const from = `#/channels/queue-${i}`;
            return [
              n % 2 === 0 ? `producer-${i}` : `consumer-${i}`,
              {
                action: n % 2 === 0 ? 'send' : 'receive',
                summary: summary(i),
                channel: { $ref: from },
                messages: [{ $ref: `${from}/messages/${name(i)}` }],
              },
            ];
          }),
        }
      : {
          info: about,
          tags,
          servers: { work: { url: host, ...server } },
          channels: record(channels, (i) => [
            `queue-${i}`,
            {
              ...channel(i),
              publish: { operationId: `producer-${i}`, summary: summary(i), message: message(i) },
              subscribe: { operationId: `consumer-${i}`, summary: summary(i), message: message(i) },
            },
          ]),
        }),
    components: {
      messages: record(groups, (i) => [
        name(i),
        {
          name: name(i),
          payload: {
            type: 'object',
            required: ['id'],
            properties: { id: { type: 'string' } },
          },
        },
      ]),
    },
  };
  return stringify(document, { aliasDuplicateObjects: false });
}

const record = <T>(length: number, entry: (i: number) => readonly [string, T]): Record<string, T> =>
  Object.fromEntries(Array.from({ length }, (_, i) => entry(i)));
