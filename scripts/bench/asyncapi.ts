import { stringify } from 'yaml';

/**
 * The topology of `designWith(channels)` as AsyncAPI 2.6, the newest version that all rules of Spectral's ruleset know:
 * for every queue a channel with its producer and its consumer, for every ten queues an exchange and a message.
 * The operations are not described, so that Spectral too has something to say about each channel.
 */
export function asyncApiWith(channels: number): string {
  const groups = Math.ceil(channels / 10);
  const group = (i: number): number => i % groups;
  const record = <T>(length: number, entry: (i: number) => readonly [string, T]): Record<string, T> =>
    Object.fromEntries(Array.from({ length }, (_, i) => entry(i)));
  const message = (i: number) => ({ $ref: `#/components/messages/message-${group(i)}` });
  const document = {
    asyncapi: '2.6.0',
    id: 'urn:bench',
    defaultContentType: 'application/json',
    info: {
      title: 'bench',
      version: '1.0.0',
      description: 'A design of many elements.',
      contact: { name: 'bench', url: 'https://example.org', email: 'bench@example.org' },
      license: { name: 'MIT', url: 'https://example.org/license' },
    },
    tags: [{ name: 'bench', description: 'Generated.' }],
    servers: { work: { url: 'amqp.example.org:5672', protocol: 'amqp', description: 'work' } },
    channels: record(channels, (i) => [
      `queue-${i}`,
      {
        description: `what waits for worker ${i}`,
        bindings: {
          amqp: {
            is: 'queue',
            queue: { name: `queue-${i}`, durable: true, exclusive: false, autoDelete: false },
          },
        },
        publish: { operationId: `producer-${i}`, summary: `service-${group(i)}`, message: message(i) },
        subscribe: { operationId: `consumer-${i}`, summary: `service-${group(i)}`, message: message(i) },
      },
    ]),
    components: {
      messages: record(groups, (i) => [
        `message-${i}`,
        {
          name: `message-${i}`,
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
