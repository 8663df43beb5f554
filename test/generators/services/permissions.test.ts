import { describe, expect, test } from 'vitest';
import { fileOf, generated, problemsOf } from '../support.ts';

const design = (kind: string, permissions: string) => `brokerloom: 1
design: { name: small }
brokers: { work: { kind: ${kind} }, other: { kind: ${kind} } }
messages: { job: { examples: [{}] } }
${kind === 'rabbitmq' ? 'queues' : 'streams'}:
  jobs: { broker: work }
  audit: { broker: work }
  elsewhere: { broker: other }
${kind === 'rabbitmq' ? 'exchanges: { events: { broker: work } }' : ''}
services: { shop: { permissions: ${permissions} } }
producers: { client: { service: shop, channel: jobs, messages: [job] } }
consumers: { worker: { service: shop, channel: jobs, idempotency: standard, deadLetter: true } }
`;
const needed = '{ channel: jobs, may: read }, { channel: jobs, may: write }';

const shopOf = (text: string, file: string) =>
  JSON.parse(fileOf(generated(text), file)).users.find(({ name }: { name: string }) => name === 'shop');

describe('permissions of a service', () => {
  test('on RabbitMQ come to what its endpoints need, each with the name that it has there', () => {
    const rights = (permissions: string) =>
      shopOf(design('rabbitmq', permissions), 'brokers/work/users.json');
    expect(rights(`[${needed}]`)).toMatchObject({
      configure: '^$',
      write: '^(amq\\.default)$',
      read: '^(jobs)$',
    });
    const more = '{ channel: audit, may: read }, { channel: audit, may: configure }';
    expect(rights(`[${needed}, ${more}, { channel: events, may: write }]`)).toMatchObject({
      configure: '^(audit)$',
      write: '^(amq\\.default|events)$',
      read: '^(audit|jobs)$',
    });
  });

  test('on Kafka become entries of its access list', () => {
    const permissions = `[${needed}, { channel: audit, may: write }]`;
    const { allow } = shopOf(design('kafka', permissions), 'brokers/work/topics.json');
    expect(allow).toContainEqual({ resource: 'topic', name: 'audit', operations: ['write'] });
    expect(allow).toContainEqual({ resource: 'topic', name: 'jobs', operations: ['read', 'write'] });
  });

  test.each([
    ['rabbitmq', '[{ channel: jobs, may: read }]', 'lack write on jobs'],
    ['rabbitmq', `[${needed}, { channel: elsewhere, may: read }]`, 'does not use other'],
    ['kafka', `[${needed}, { channel: audit, may: configure }]`, 'cannot be given configure'],
    ['redis', `[${needed}, { channel: audit, may: read }]`, 'cannot be given read'],
  ])('that cannot be are refused: %s with %s', (kind, permissions, message) => {
    expect(problemsOf(design(kind, permissions))).toMatchObject([
      { code: 'LOOM_UNSUPPORTED', element: 'services/shop', message: expect.stringContaining(message) },
    ]);
  });
});
