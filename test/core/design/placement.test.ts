import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { review } from '../../../core/review/review.ts';
import { load } from '../../../core/text/load.ts';
import { designText, reviewable } from '../rules/tester.ts';

/** What reading a design says about attributes that do not fit their broker. */
const notices = (sections: string) => {
  const { notices: found, problems } = load(designText(sections));
  expect(problems).toEqual([]);
  return found.filter(({ id }) => id === 'document/attribute-not-for-broker');
};
const named = (sections: string): string[] => notices(sections).map(({ at, field }) => `${at} ${field}`);

describe('attributes that mean nothing on their broker', () => {
  it('are named with the brokers on which they work', () => {
    expect(
      notices('queues:\n  tasks: { broker: aws, deliveryLimit: 3 }\n').map(({ message }) => message),
    ).toEqual(['deliveryLimit means nothing on SQS; it is for RabbitMQ.']);
    expect(
      notices(
        'streams:\n  log: { broker: redis }\nproducers:\n  p: { channel: log, headers: { a: 1 } }\n',
      ).map(({ message }) => message),
    ).toEqual(['headers means nothing on Redis Streams; it is for RabbitMQ, Kafka, SQS and SNS.']);
  });

  it.each([
    ['a queue', 'queues:\n  q: { broker: aws, messageTtl: 5s, visibility: 30s }\n', ['queues/q messageTtl']],
    [
      'a stream',
      'streams:\n  s: { broker: kinesis, minInsync: 2, mode: on-demand }\n',
      ['streams/s minInsync'],
    ],
    ['a broker', 'brokers:\n  mq: { kind: rabbitmq, maxmemory: 1GiB, nodes: 3 }\n', ['brokers/mq maxmemory']],
    [
      'a producer',
      'queues:\n  q: { broker: mq }\nproducers:\n  p: { channel: q, acks: all, mandatory: true }\n',
      ['producers/p acks'],
    ],
    [
      'an object of a consumer',
      'queues:\n  q: { broker: mq }\nconsumers:\n  c: { channel: q, share: { lockDuration: 30s }, prefetch: 9 }\n',
      ['consumers/c share'],
    ],
    [
      'a part of an object',
      'queues:\n  q: { broker: aws, deadLetter: { maxReceiveCount: 5, strategy: at-least-once } }\n',
      ['queues/q deadLetter.strategy'],
    ],
    ['a value', 'queues:\n  q: { broker: aws, type: quorum }\n', ['queues/q type']],
    [
      'a value in a part',
      'streams:\n  s: { broker: log }\nconsumers:\n  c: { channel: s, retry: { mode: visibility } }\n',
      ['consumers/c retry.mode'],
    ],
    [
      'an alert',
      'queues:\n  q: { broker: mq }\nalerts:\n  a: { target: q, metric: pel }\n',
      ['alerts/a metric'],
    ],
    [
      'a policy, by the queues that use it',
      'queues:\n  q: { broker: mq, retry: slow }\nretryPolicies:\n  slow: { mode: retry-topic }\n',
      ['retryPolicies/slow mode'],
    ],
    [
      'a message, by its producers',
      'streams:\n  s: { broker: kinesis }\nmessages:\n  m: { attributes: [x] }\nproducers:\n  p: { channel: s, messages: [m] }\n',
      ['messages/m attributes'],
    ],
    [
      'a flow, by its ends',
      'streams:\n  s: { broker: log }\nproducers:\n  p: { channel: s }\nflows:\n  f: { from: [p], timeout: 5s }\n',
      ['flows/f timeout'],
    ],
    [
      'a binding and a subscription',
      'topics:\n  t: { broker: sns, fifo: true }\nqueues:\n  q: { broker: aws }\nsubscriptions:\n  s: { topic: t, endpoint: q, raw: true }\n',
      [],
    ],
  ])('are found at %s', (_, sections, expected) => {
    expect(named(sections)).toEqual(expected);
  });

  it.each([
    [
      'one of several brokers knows it',
      'queues:\n  q: { broker: mq, retry: p }\n  r: { broker: aws, retry: p }\nretryPolicies:\n  p: { mode: visibility }\n',
    ],
    [
      'the transport of Celery knows it',
      'brokers:\n  mq: { kind: rabbitmq }\n  tasks: { kind: celery, transport: mq }\nqueues:\n  q: { broker: tasks, type: quorum }\n',
    ],
    ['the broker is not known', 'queues:\n  q: { broker: nowhere, visibility: 30s }\n'],
    ['nobody uses the policy', 'retryPolicies:\n  p: { mode: visibility }\n'],
    ['the key is unknown anyway', 'queues:\n  q: { broker: mq, toString: 1, visibilty: 30s }\n'],
  ])('are not reported where %s', (_, sections) => {
    expect(named(sections)).toEqual([]);
  });

  it.each(readdirSync('examples').filter((file) => file.endsWith('.yaml')))('are not in %s', (file) => {
    const { notices: found } = load(readFileSync(`examples/${file}`, 'utf8'));
    expect(found.filter(({ id }) => id === 'document/attribute-not-for-broker')).toEqual([]);
  });
});

it('a finding marks the value inside an object', () => {
  const text = designText(`queues:
  q:
    broker: aws
    deadLetter:
      owner: team
      strategy: at-least-once
`);
  const found = review(reviewable(text)).findings.find(
    ({ ruleId }) => ruleId === 'document/attribute-not-for-broker',
  );
  const line = text.split('\n')[(found?.line ?? 0) - 1];
  expect(line?.slice((found?.column ?? 0) - 1, (found?.endColumn ?? 0) - 1)).toBe('strategy: at-least-once');
  expect(found).toMatchObject({ severity: 'warn', element: 'queues/q', field: 'deadLetter.strategy' });
});
