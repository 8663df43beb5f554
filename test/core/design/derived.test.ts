import { describe, expect, it } from 'vitest';
import { derive } from '../../../core/design/derived.ts';
import type { Design } from '../../../core/design/design.ts';
import { load } from '../../../core/text/load.ts';

function designOf(text: string): Design {
  const { design, problems } = load(`brokerloom: 1\ndesign: { name: x }\n${text}`);
  if (!design) throw new Error(problems.map(({ message }) => message).join('\n'));
  return design;
}

/** What the shorthand of a design implies: every derived element with its attributes and its origin. */
function impliedBy(text: string): Record<string, { value: unknown; from: string }> {
  const { design, origins } = derive(designOf(text));
  return Object.fromEntries(
    [...origins].map(([address, { address: owner, field, role }]) => {
      const [section, id] = address.split('/') as ['queues' | 'streams', string];
      return [
        address,
        { value: design[section].get(id), from: [owner, field, role].filter(Boolean).join(' ') },
      ];
    }),
  );
}

const log = (kind: string, consumer: string, more = ''): string => `
brokers: { b: { kind: ${kind} } }
streams: { events: { broker: b, partitions: 12 } }
consumers: { count: { service: stats, channel: events, ${consumer} } }
${more}`;
const ordered = 'flows: { f: { to: [count], ordering: per-key } }';

describe('a consumer of a log', () => {
  it.each(['kafka', 'kinesis', 'redis'])('has its own retry channel and dead-letter stream on %s', (kind) => {
    const implied = impliedBy(log(kind, 'retry: standard, deadLetter: true'));
    const shards = kind === 'redis' ? {} : { partitions: 12 };
    const kept = kind === 'redis' ? {} : { retention: '14d' };
    expect(implied).toEqual({
      'streams/stats.count.retry': { value: { broker: 'b', ...shards }, from: 'consumers/count retry' },
      'streams/count.dlq': { value: { broker: 'b', ...shards, ...kept }, from: 'consumers/count deadLetter' },
    });
  });

  it('retries in place where a flow relies on the order, and keeps the channel for replays', () => {
    const implied = impliedBy(log('kafka', 'retry: standard, deadLetter: true', ordered));
    expect(implied['streams/stats.count.retry']?.from).toBe('consumers/count deadLetter replay');
    expect(Object.keys(impliedBy(log('kafka', 'retry: standard', ordered)))).toEqual([]);
  });

  it('goes by the mode that its policy states, whatever the order', () => {
    expect(Object.keys(impliedBy(log('kafka', 'retry: { mode: retry-topic }', ordered)))).toEqual([
      'streams/stats.count.retry',
    ]);
    expect(Object.keys(impliedBy(log('kafka', 'retry: { mode: in-process }')))).toEqual([]);
    expect(Object.keys(impliedBy(log('kafka', 'retry: none')))).toEqual([]);
  });

  it('has no channel that nobody asks for', () => {
    expect(impliedBy(log('kafka', 'deadLetter: false'))).toEqual({});
  });

  it('keeps a dead-letter target that it names, and is named after itself without a service', () => {
    const implied = impliedBy(`
brokers: { b: { kind: kafka } }
streams: { events: { broker: b }, dead: { broker: b } }
consumers: { count: { channel: events, deadLetter: dead } }`);
    expect(Object.keys(implied)).toEqual(['streams/count.count.retry']);
  });

  it('has streams that are as durable as the source', () => {
    const implied = impliedBy(`
brokers: { b: { kind: kafka } }
streams: { events: { broker: b, replication: 3, minInsync: 2, retention: 200d, cleanup: compact } }
consumers: { count: { channel: events, deadLetter: { retention: 30d } } }`);
    expect(implied['streams/count.dlq']?.value).toEqual({
      broker: 'b',
      replication: 3,
      minInsync: 2,
      retention: '30d',
    });
  });

  it('has queues beside a stream of RabbitMQ: one for retries and replays, one for each delay', () => {
    const implied = impliedBy(log('rabbitmq', 'retry: { maxAttempts: 3 }, deadLetter: true'));
    expect(Object.keys(implied)).toEqual([
      'queues/count.dlq',
      'queues/stats.count.retry',
      'queues/stats.count.retry.1s',
      'queues/stats.count.retry.2s',
    ]);
    expect(implied['queues/stats.count.retry.1s']?.value).toMatchObject({ role: 'retry', messageTtl: '1s' });
  });
});

describe('a queue', () => {
  it('of SQS has a dead-letter queue of its type that keeps messages as long as it can', () => {
    const implied = impliedBy(`
brokers: { b: { kind: sqs } }
queues:
  jobs: { broker: b, deadLetter: true, retry: standard }
  steps: { broker: b, type: fifo, deadLetter: { retention: 7d } }`);
    expect(implied).toEqual({
      'queues/jobs.dlq': {
        value: { broker: 'b', type: 'standard', role: 'dead-letter', retention: '14d' },
        from: 'queues/jobs deadLetter',
      },
      'queues/steps.dlq': {
        value: { broker: 'b', type: 'fifo', role: 'dead-letter', retention: '7d' },
        from: 'queues/steps deadLetter',
      },
    });
  });

  it.each(['celery', 'redis', 'kafka'])(
    'of %s has a dead-letter queue, and retries without a channel',
    (kind) => {
      const implied = impliedBy(`
brokers: { b: { kind: ${kind} } }
queues: { jobs: { broker: b, deadLetter: true, retry: standard } }
consumers: { work: { channel: jobs, deadLetter: true } }`);
      expect(implied).toEqual({
        'queues/jobs.dlq': { value: { broker: 'b', role: 'dead-letter' }, from: 'queues/jobs deadLetter' },
        'queues/work.dlq': { value: { broker: 'b', role: 'dead-letter' }, from: 'consumers/work deadLetter' },
      });
    },
  );

  it('of RabbitMQ has the delay queues of its own policy and of its consumers', () => {
    const implied = impliedBy(`
brokers: { b: { kind: rabbitmq } }
queues: { jobs: { broker: b, retry: { maxAttempts: 2 } }, plain: { broker: b, retry: { mode: in-process } } }
consumers: { work: { channel: jobs, retry: { maxAttempts: 3 } } }`);
    expect(Object.entries(implied).map(([address, { from }]) => [address, from])).toEqual([
      ['queues/jobs.retry.1s', 'queues/jobs retry'],
      ['queues/jobs.retry.2s', 'consumers/work retry'],
    ]);
  });

  it('of RabbitMQ has no delay queues where its consumers rely on the order', () => {
    const queue = (flows: string) => `
brokers: { b: { kind: rabbitmq } }
queues: { jobs: { broker: b, retry: standard } }
consumers:
  count: { service: stats, channel: jobs, retry: { maxAttempts: 2, baseDelay: 5s } }
  other: { service: stats, channel: jobs }
flows: { ${flows} }`;
    const all = 'f: { to: [count, other], ordering: per-key }';
    expect(impliedBy(queue(all))).toEqual({});
    const one = Object.entries(impliedBy(queue('f: { to: [count], ordering: total }')));
    expect(one.length).toBeGreaterThan(0);
    expect(one.filter(([, { from }]) => from !== 'queues/jobs retry')).toEqual([]);
  });
});

describe('what is drawn', () => {
  it.each([
    ['queues', 'jobs.dlq: { broker: b, type: classic }'],
    ['streams', 'jobs.dlq: { broker: b }'],
    ['exchanges', 'jobs.dlq: { broker: b }'],
  ])('wins in %s', (section, drawn) => {
    const queues = `jobs: { broker: b, deadLetter: true }`;
    const text =
      section === 'queues'
        ? `queues:\n  ${queues}\n  ${drawn}\n`
        : `queues:\n  ${queues}\n${section}:\n  ${drawn}\n`;
    expect(impliedBy(`brokers: { b: { kind: rabbitmq } }\n${text}`)).toEqual({});
  });
});

it('implies nothing on a broker that is not there', () => {
  expect(impliedBy('queues: { jobs: { broker: nowhere, deadLetter: true, retry: standard } }')).toEqual({});
  expect(impliedBy('consumers: { c: { channel: nowhere, deadLetter: true } }')).toEqual({});
});
