import { expect, test } from 'vitest';
import { contextOf } from '../../../generators/context.ts';
import { kafka } from '../../../generators/kafka/index.ts';
import { Output } from '../../../generators/kit/output.ts';
import { designOf, fileOf } from '../support.ts';

const DESIGN = `brokerloom: 1
design: { name: small }
brokers: { log: { kind: kafka, maxMessageSize: 2MiB, offsetsRetention: 90m } }
messages: { job: { aggregateIdPath: /id } }
streams: { jobs: { broker: log } }
producers: { client: { channel: jobs, messages: [job] } }
consumers: { worker: { channel: jobs, deadLetter: true } }
`;

const context = contextOf(designOf(DESIGN));
const planned = context.ok ? kafka.plan(context.value, 'log') : context;
if (!planned.ok) throw new Error(JSON.stringify(planned.error));
const { compose, emit } = planned.value;
const out = new Output();
emit(out);
const tree = out.tree();
const properties = new Map(
  fileOf(tree, 'brokers/log/server.properties')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

test('topics are listed with their settings, and who may use them', () => {
  const { topics, users } = JSON.parse(fileOf(tree, 'brokers/log/topics.json'));
  expect(topics.map(({ name }: { name: string }) => name)).toEqual([
    'jobs',
    'worker.dlq',
    'worker.worker.retry',
    'worker.worker.retry.1s',
    'worker.worker.retry.2s',
    'worker.worker.retry.4s',
    'worker.worker.retry.8s',
  ]);
  expect(topics[1]).toEqual({
    name: 'worker.dlq',
    partitions: 6,
    replicationFactor: 1,
    configs: {
      'cleanup.policy': 'delete',
      'retention.ms': '1209600000',
      'min.insync.replicas': '1',
      'unclean.leader.election.enable': 'false',
    },
  });
  expect(users.map(({ name }: { name: string }) => name)).toEqual(['client', 'worker']);
});

test('each listener has an address under which its clients can come back', () => {
  const parse = (key: string) =>
    new Map(
      (properties.get(key) ?? '')
        .split(',')
        .map((entry) => entry.split(/:\/\/|:(?=[A-Z])/) as [string, string]),
    );
  const listeners = parse('listeners');
  const advertised = parse('advertised.listeners');
  const protocols = parse('listener.security.protocol.map');
  expect([...protocols.keys()].sort()).toEqual([...listeners.keys()].sort());
  expect(advertised.get('INSIDE')).toBe('log:9092');
  const published = String(compose.services['log']?.['ports']);
  const [, host, port, container] = /^([\d.]+):(\d+):(\d+)$/.exec(published) ?? [];
  expect(advertised.get('OUTSIDE')).toBe(`${host}:${port}`);
  expect(listeners.get('OUTSIDE')).toBe(`:${container}`);
  expect(host).toBe('127.0.0.1');
});

test('what needs no password cannot be reached from outside of the container', () => {
  const protocols = (properties.get('listener.security.protocol.map') ?? '').split(',');
  const open = protocols.filter((entry) => entry.endsWith(':PLAINTEXT')).map((entry) => entry.split(':')[0]);
  const listeners = (properties.get('listeners') ?? '').split(',');
  for (const name of open)
    expect(listeners.find((entry) => entry.startsWith(`${name}:`))).toMatch(/:\/\/localhost:\d+$/);
  expect(properties.get('super.users')).toBe('User:ANONYMOUS;User:operator');
  expect(properties.has('allow.everyone.if.no.acl.found')).toBe(false);
});

test('limits of the design are those of the broker', () => {
  expect(properties.get('message.max.bytes')).toBe('2097152');
  expect(properties.get('offsets.retention.minutes')).toBe('90');
  expect(properties.get('auto.create.topics.enable')).toBe('false');
});

test('services start once topics and users are there; the console only on demand', () => {
  expect(compose.ready).toEqual({ 'log-topology': 'service_completed_successfully' });
  expect(compose.services['log-topology']).toMatchObject({
    restart: 'no',
    depends_on: { log: { condition: 'service_healthy' } },
  });
  expect(compose.services['log-console']).toMatchObject({ profiles: ['ui'] });
  expect(compose.services['log']?.['image']).toMatch(/^apache\/kafka:\d+\.\d+\.\d+$/);
});

test('the page of the broker tells the reason of settings', () => {
  const page = fileOf(tree, 'brokers/log/README.md');
  expect(page).toContain('| `jobs` | 6 | 1 |');
  expect(page).toContain('`retention.ms: 1209600000` (2w)');
  expect(page).toContain(
    '| `worker` | `worker.worker` | `jobs`<br>`worker.worker.retry`<br>`worker.worker.retry.1s`<br>',
  );
});
