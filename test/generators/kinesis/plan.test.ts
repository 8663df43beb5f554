import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../core/result.ts';
import { contextOf } from '../../../generators/context.ts';
import { type KinesisPlan, planKinesis } from '../../../generators/kinesis/plan.ts';
import { designOf, exampleText, fileOf, generated } from '../support.ts';

const design = ({
  broker = '',
  stream = '',
  producer = '',
  consumer = '',
  more = '',
} = {}): string => `brokerloom: 1
design: { name: small }
brokers: { log: { kind: kinesis ${broker && `, ${broker}`} } }
messages: { job: { aggregateIdPath: /id } }
streams:
  jobs: { broker: log ${stream && `, ${stream}`} }
  dead: { broker: log }
producers: { client: { channel: jobs, messages: [job] ${producer && `, ${producer}`} } }
consumers: { worker: { channel: jobs, deadLetter: dead ${consumer || ', idempotency: standard'} } }
${more}`;

const planned = (text: string) => {
  const context = contextOf(designOf(text));
  if (!context.ok) throw new Error(JSON.stringify(context.error));
  return planKinesis(context.value, 'log');
};
const problemsOf = (text: string): readonly Problem[] => {
  const result = planned(text);
  return result.ok ? [] : result.error;
};
const planOf = (text: string): KinesisPlan => {
  const result = planned(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const also = (text: string) => `, idempotency: standard, ${text}`;
const ordered = 'flows: { f: { from: [client], to: [worker], ordering: per-key, orderingKey: /id } }';

describe('what is not generated is said, never passed over', () => {
  test('the small design itself is planned', () => expect(problemsOf(design())).toEqual([]));

  test.each([
    ['brokers/log', { broker: 'auth: { mode: password }' }],
    ['brokers/log', { broker: 'tls: false' }],
    ['brokers/log', { broker: 'emulator: "x:1"' }],
    ['streams/jobs', { stream: 'retention: 1h' }],
    ['streams/jobs', { stream: 'retention: 400d' }],
    ['streams/jobs', { stream: 'maxRecordSize: 20MiB' }],
    ['streams/jobs', { stream: 'name: a b' }],
    ['streams/dead', { stream: 'name: dead' }],
    ['producers/client', { producer: 'handleFailedRecordCount: false' }],
    ['producers/client', { producer: 'shutdown: none' }],
    ['producers/client', { producer: 'publishVia: cdc' }],
    ['consumers/worker', { consumer: also('ack: before') }],
    ['consumers/worker', { consumer: also('efo: true') }],
    ['consumers/worker', { consumer: also('esm: { bisect: true }') }],
    ['consumers/worker', { consumer: also('group: "*"') }],
    ['consumers/worker', { consumer: also('onFailure: stop') }],
    ['consumers/worker', { consumer: also('retry: { mode: retry-topic }'), more: ordered }],
    ['flows/f', { more: 'flows: { f: { from: [client], to: [worker], delivery: exactly-once } }' }],
  ])('%s with %o', (element, settings) => {
    const found = problemsOf(design(settings));
    expect(found.map((problem) => problem.element)).toContain(element);
    for (const { hint } of found) expect(hint).toMatch(/\w/);
  });

  test('a consumer without a store has nowhere to keep its leases', () => {
    const [problem] = problemsOf(design({ consumer: ', idempotency: { strategy: natural }' }));
    expect(problem).toMatchObject({
      code: 'LOOM_UNSUPPORTED',
      element: 'consumers/worker',
      message: expect.stringContaining('leased'),
      hint: expect.stringContaining('key-store'),
    });
  });

  test('a total order needs one shard', () => {
    const more = 'flows: { f: { from: [client], to: [worker], ordering: total } }';
    expect(problemsOf(design({ more })).map(({ element }) => element)).toEqual(['consumers/worker']);
    expect(problemsOf(design({ more, stream: 'mode: provisioned, partitions: 1' }))).toEqual([]);
  });
});

describe('a stream', () => {
  const streamOf = (text: string) => planOf(text).streams.find(({ name }) => name === 'jobs');

  test('is on demand and kept for a day, where the design does not say', () => {
    expect(streamOf(design())).toMatchObject({ onDemand: true, partitions: 4, retentionHours: 24 });
  });

  test('has the shards, the retention and the largest record of the design', () => {
    const stream = 'mode: provisioned, partitions: 3, retention: 3d, maxRecordSize: 2MiB';
    const { reasons: _, ...plan } = streamOf(design({ stream })) ?? {};
    expect(plan).toEqual({ name: 'jobs', partitions: 3, retentionHours: 72, maxRecordKiB: 2_048 });
  });

  test('is read less often the more groups read it', () => {
    expect(planOf(design()).leases.pollMs).toBe(250);
    const shared = generated(exampleText('clickstream'));
    expect(fileOf(shared, 'services/trends/src/main.ts')).toContain('pollMs: 500');
  });
});
