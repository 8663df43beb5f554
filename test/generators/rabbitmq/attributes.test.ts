import { describe, expect, test } from 'vitest';
import type { Attribute } from '../../../core/kinds/attribute.ts';
import { kinds } from '../../../core/kinds/registry.ts';
import { generate } from '../../../generators/index.ts';
import { designOf, generated } from '../support.ts';

/**
 * What becomes of an attribute: `generated` changes the workspace, `refused` is said with a reason and an alternative,
 * `design` is for rules, simulator and people, and changes nothing but texts.
 */
type Outcome = 'generated' | 'refused' | 'design';
type Row = readonly [outcome: Outcome, value: string];

/** Elements of the design below, with every attribute that means something on RabbitMQ. */
const TABLE: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  'brokers/work': {
    version: ['generated', '"4.2"'],
    nodes: ['design', '3'],
    emulator: ['refused', '"rabbitmq:4.3"'],
    tls: ['refused', 'true'],
    auth: ['design', '{ mode: plain }'],
    maxMessageSize: ['generated', '8MiB'],
    consumerTimeout: ['generated', '1h'],
    roundTrip: ['generated', '50ms'],
    policies: ['design', '[{ name: all, pattern: ".*" }]'],
  },
  'exchanges/orders': {
    name: ['generated', 'shop.orders'],
    criticality: ['design', 'critical'],
    type: ['generated', 'fanout'],
    durable: ['generated', 'false'],
    alternateExchange: ['generated', 'unrouted'],
    internal: ['refused', 'true'],
  },
  'queues/jobs': {
    name: ['generated', 'shop.jobs'],
    criticality: ['design', 'critical'],
    role: ['design', 'work'],
    type: ['generated', 'classic'],
    durable: ['refused', 'false'],
    exclusive: ['refused', 'true'],
    autoDelete: ['refused', 'true'],
    expires: ['generated', '30d'],
    singleActiveConsumer: ['generated', 'true'],
    maxPriority: ['refused', '4'],
    maxLength: ['generated', '1000'],
    maxLengthBytes: ['generated', '1MiB'],
    overflow: ['generated', 'drop-head'],
    messageTtl: ['generated', '1h'],
    deliveryLimit: ['generated', '100'],
    delayedRetry: ['refused', '{ type: all }'],
    consumerTimeout: ['generated', '1h'],
    arguments: ['generated', '{ x-queue-leader-locator: balanced }'],
    retry: ['generated', 'none'],
    deadLetter: ['generated', '{ strategy: at-most-once }'],
  },
  'queues/bulk': {
    durable: ['generated', 'false'],
    maxPriority: ['generated', '4'],
    overflow: ['generated', 'reject-publish-dlx'],
    deliveryLimit: ['refused', '100'],
    arguments: ['refused', '{ x-queue-type: quorum }'],
    consumerTimeout: ['refused', '1h'],
  },
  'streams/log': {
    name: ['generated', 'shop.log'],
    criticality: ['design', 'critical'],
    partitions: ['refused', '2'],
    plannedPartitions: ['design', '2'],
    retention: ['generated', '7d'],
    retentionBytes: ['generated', '1GiB'],
    segmentSize: ['generated', '64MiB'],
  },
  'bindings/jobs': {
    source: ['generated', 'unrouted'],
    destination: ['generated', 'labels'],
    routingKey: ['generated', '"job"'],
    headers: ['refused', '{ carrier: post }'],
    xMatch: ['refused', 'any'],
  },
  'bindings/labels': {
    headers: ['generated', '{ carrier: ship }'],
    xMatch: ['generated', 'any'],
  },
  'producers/client': {
    service: ['generated', 'other'],
    channel: ['generated', 'jobs'],
    messages: ['generated', '[task]'],
    rate: ['design', '{ avg: 10/s }'],
    burst: ['design', '2'],
    routingKeys: ['generated', '["a.{event}"]'],
    headers: ['generated', '{ carrier: post }'],
    confirms: ['refused', 'false'],
    persistent: ['generated', 'false'],
    mandatory: ['refused', 'false'],
    onReturn: ['refused', 'ignore'],
    deliveryTimeout: ['generated', '10s'],
    retryWindow: ['refused', '60s'],
    publishVia: ['refused', 'cdc'],
    writesDatabase: ['design', 'true'],
    shutdown: ['refused', 'none'],
  },
  'consumers/worker': {
    service: ['generated', 'other'],
    channel: ['generated', 'bulk'],
    handler: ['refused', 'work'],
    messages: ['generated', '[task]'],
    accepts: ['refused', '[1, 2]'],
    offsetReset: ['refused', 'latest'],
    ack: ['refused', 'before'],
    prefetch: ['generated', '7'],
    qosGlobal: ['refused', 'true'],
    onError: ['generated', 'dead-letter'],
    onFailure: ['refused', 'stop'],
    retry: ['generated', 'none'],
    deadLetter: ['generated', 'true'],
    idempotency: ['generated', 'none'],
    sink: ['design', '{ kind: database }'],
    queriesByKey: ['design', 'true'],
    maxIdle: ['design', '1d'],
    sideEffects: ['design', '[database]'],
    externalCalls: ['design', '[{ name: mail }]'],
    processing: ['generated', '{ p99: 60s }'],
    concurrency: ['generated', '3'],
    downstream: ['design', '{ maxRate: 10/s }'],
    maxOutage: ['design', '8h'],
  },
  'consumers/reader': {
    offsetReset: ['generated', 'latest'],
  },
};

const BASE: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  brokers: { work: { kind: 'rabbitmq' } },
  services: { other: {} },
  messages: { job: { examples: '[{}]' }, task: { examples: '[{}]' } },
  exchanges: {
    orders: { broker: 'work' },
    unrouted: { broker: 'work', type: 'fanout' },
    byHeader: { broker: 'work', type: 'headers' },
  },
  queues: {
    jobs: { broker: 'work', deadLetter: 'true' },
    bulk: { broker: 'work', type: 'classic', deadLetter: 'true' },
    labels: { broker: 'work' },
  },
  streams: { log: { broker: 'work' } },
  bindings: {
    jobs: { source: 'orders', destination: 'jobs' },
    also: { source: 'orders', destination: 'jobs', routingKey: 'job' },
    more: { source: 'orders', destination: 'bulk' },
    labels: { source: 'byHeader', destination: 'labels', headers: '{ carrier: post }' },
    rest: { source: 'unrouted', destination: 'labels' },
  },
  producers: {
    client: { channel: 'orders', messages: '[job]' },
    logger: { channel: 'log', messages: '[task]' },
  },
  consumers: {
    worker: { channel: 'jobs', idempotency: 'standard', processing: '{ p50: 10ms }' },
    reader: { channel: 'log', deadLetter: 'true', idempotency: 'standard' },
  },
};

function textWith(address = '', attribute = '', value = ''): string {
  const sections = Object.entries(BASE).map(([section, elements]) => {
    const lines = Object.entries(elements).map(([id, attributes]) => {
      const all = { ...attributes, ...(address === `${section}/${id}` ? { [attribute]: value } : {}) };
      const list = Object.entries(all).map(([name, text]) => `${name}: ${text}`);
      return `  ${id}: { ${list.join(', ')} }\n`;
    });
    return `${section}:\n${lines.join('')}`;
  });
  return `brokerloom: 1\ndesign: { name: shop }\n${sections.join('')}`;
}

/** Everything but texts for people. */
function filesOf(text: string): Record<string, string> {
  const files = [...generated(text)].filter(
    ([path]) => !path.endsWith('.md') && !/^messaging\/.*\.ts$/.test(path),
  );
  return Object.fromEntries(files.map(([path, { content }]) => [path, content]));
}

const rows = Object.entries(TABLE).flatMap(([address, attributes]) =>
  Object.entries(attributes).map(([name, row]) => [address, name, ...row] as const),
);

describe('every attribute of RabbitMQ', () => {
  const base = filesOf(textWith());

  test.each(rows)('%s.%s is %s: %s', (address, attribute, outcome, value) => {
    const result = generate(designOf(textWith(address, attribute, value)));
    if (outcome === 'refused') {
      expect(result.ok, 'it is passed over').toBe(false);
      if (result.ok) return;
      for (const { message, hint } of result.error) expect(`${message} ${hint}`).toMatch(/\S{3}.*\. \S/);
      return;
    }
    expect(result.ok ? [] : result.error).toEqual([]);
    const files = filesOf(textWith(address, attribute, value));
    if (outcome === 'design') expect(files).toEqual(base);
    else expect(files).not.toEqual(base);
  });

  test.each(['brokers', 'exchanges', 'queues', 'streams', 'bindings', 'producers', 'consumers'] as const)(
    'the table has those of %s',
    (section) => {
      const attributes: Readonly<Record<string, Attribute>> = kinds[section].attributes;
      const meant = Object.entries(attributes)
        .filter(([, { brokers }]) => brokers?.includes('rabbitmq') ?? true)
        .map(([name]) => name);
      const known = rows.filter(([address]) => address.startsWith(`${section}/`)).map(([, name]) => name);
      // Which broker, and of which kind, is what the rows are about.
      const given = section === 'brokers' ? ['kind'] : ['broker'];
      expect(meant.filter((name) => !known.includes(name) && !given.includes(name))).toEqual([]);
    },
  );
});
