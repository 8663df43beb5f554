import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { Admin, Producer, stringSerializers } from '@platformatic/kafka';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contextOf } from '../../../generators/context.ts';
import { kafka } from '../../../generators/kafka/index.ts';
import { Output } from '../../../generators/kit/output.ts';
import { KafkaAdmin, type KafkaTopology } from '../../../runtime/kafka/admin.ts';
import type { KafkaAdminConfig } from '../../../runtime/kafka/adminConfig.ts';
import { designOf, fileOf } from '../../generators/support.ts';
import { type GeneratedKafka, startGeneratedKafka } from '../support/generatedKafka.ts';
import { describeWithBrokers } from '../support/require.ts';

const DESIGN = `brokerloom: 1
design: { name: small, environment: prod }
brokers: { log: { kind: kafka, maxMessageSize: 2MiB, offsetsRetention: 2d } }
messages: { job: { aggregateIdPath: /id } }
streams: { jobs: { broker: log, partitions: 4, cleanup: both, retention: 200d, maxMessageBytes: 2MiB } }
producers: { client: { channel: jobs, messages: [job] } }
consumers: { worker: { channel: jobs, deadLetter: true } }
`;

const context = contextOf(designOf(DESIGN));
const planned = context.ok ? kafka.plan(context.value, 'log') : context;
if (!planned.ok) throw new Error(JSON.stringify(planned.error));
const out = new Output();
planned.value.emit(out);
const tree = out.tree();
const topology: KafkaTopology = JSON.parse(fileOf(tree, 'brokers/log/topics.json'));

const ITERATIONS = 4096;
const scram = (password: string) => {
  const salt = randomBytes(24);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512');
  return { iterations: ITERATIONS, salt: salt.toString('base64'), saltedPassword: salted.toString('base64') };
};
const operator = scram('secret of the operator');
const bootstrap = `SCRAM-SHA-512=[name=operator,iterations=${ITERATIONS},salt=${operator.salt},saltedpassword=${operator.saltedPassword}]`;
const credentials = { client: scram('secret of client'), worker: scram('secret of worker') };

describeWithBrokers('the generated set-up of Kafka', { brokers: ['kafka'], control: true }, () => {
  let broker: GeneratedKafka;
  beforeAll(async () => {
    broker = await startGeneratedKafka(fileOf(tree, 'brokers/log/server.properties'), bootstrap);
  });
  afterAll(() => broker?.dispose());

  const as = (username: string, password = `secret of ${username}`): KafkaAdminConfig => ({
    url: broker.outsideUrl,
    username,
    password,
  });
  const onOneNode = (): KafkaAdminConfig => ({
    ...as('operator', 'secret of the operator'),
    replicationLimit: 1,
    credentials,
  });
  const use = async <T>(
    config: KafkaAdminConfig,
    action: (admin: KafkaAdmin) => Promise<T>,
    wanted = topology,
  ): Promise<T> => {
    const admin = new KafkaAdmin(config, wanted);
    return action(admin).finally(() => admin.close());
  };
  const changed = (change: (copy: { topics: Record<string, unknown>[] }) => void): KafkaTopology => {
    const copy = structuredClone(topology);
    change(copy as unknown as { topics: Record<string, unknown>[] });
    return copy;
  };
  const TOPICS = ['topic jobs', 'topic worker.dlq', 'topic worker.worker.retry'];

  test('says what it lacks for more copies than there are nodes', async () => {
    const { replicationLimit: _, ...cluster } = onOneNode();
    await expect(use(cluster, (admin) => admin.apply())).rejects.toThrow(/replication factor/i);
  });

  test('adds topics, rights and users, and then has nothing to add', async () => {
    const first = await use(onOneNode(), (admin) => admin.apply());
    expect(first.created.slice(0, 3)).toEqual(TOPICS);
    expect(first.created).toContain('right of worker to read the group worker.worker');
    expect(first.created.slice(-2)).toEqual(['user client', 'user worker']);
    expect(await use(onOneNode(), (admin) => admin.verify())).toEqual({ differences: [], unchecked: [] });
    expect(await use(onOneNode(), (admin) => admin.apply())).toEqual({ created: [], unchecked: [] });
  });

  test('finds other settings, fewer partitions, and what the design does not name', async () => {
    const other = changed(({ topics: [jobs, dead, retry] }) => {
      Object.assign(jobs ?? {}, { partitions: 9, configs: { 'cleanup.policy': 'delete' } });
      Object.assign(dead ?? {}, { name: 'elsewhere' });
      Object.assign(retry ?? {}, { replicationFactor: 1 });
    });
    const { differences } = await use(onOneNode(), (admin) => admin.verify(), other);
    expect(differences).toEqual([
      { kind: 'changed', element: 'topic jobs', detail: 'partitions is 9 in the design and 4 on the broker' },
      {
        kind: 'changed',
        element: 'topic jobs',
        detail: 'cleanup.policy is delete in the design and compact,delete on the broker',
      },
      ...['max.message.bytes', 'retention.ms', 'unclean.leader.election.enable'].map((name) => ({
        kind: 'changed',
        element: 'topic jobs',
        detail: expect.stringMatching(new RegExp(`^${name} is not in the design and \\w+ on the broker$`)),
      })),
      { kind: 'missing', element: 'topic elsewhere' },
      {
        kind: 'changed',
        element: 'topic worker.worker.retry',
        detail: expect.stringContaining('min.insync'),
      },
      { kind: 'extra', element: 'topic worker.dlq' },
    ]);
  });

  test('refuses to change what exists, and then adds nothing either', async () => {
    const other = changed(({ topics }) => {
      Object.assign(topics[0] ?? {}, { partitions: 9 });
      topics.push({ name: 'new', partitions: 1 });
    });
    await expect(use(onOneNode(), (admin) => admin.apply(), other)).rejects.toThrow(
      /Nothing was changed.*\n.*9 in the design and 4/,
    );
    const { differences } = await use(onOneNode(), (admin) => admin.verify(), other);
    expect(differences).toContainEqual({ kind: 'missing', element: 'topic new' });
  });

  test('lets a service write to its own topics, and create none', async () => {
    const sasl = { mechanism: 'SCRAM-SHA-512', username: 'client', password: 'secret of client' } as const;
    const base = {
      clientId: 'test',
      bootstrapBrokers: [broker.outsideUrl.slice('kafka://'.length)],
      sasl,
      retries: 0,
    };
    const producer = new Producer({ ...base, serializers: stringSerializers, idempotent: true, acks: -1 });
    const admin = new Admin(base);
    const send = (topic: string) => producer.send({ messages: [{ topic, key: 'a', value: '{}' }] });
    try {
      expect((await send('jobs')).offsets).toHaveLength(1);
      await expect(send('worker.dlq')).rejects.toThrow();
      await expect(admin.createTopics({ topics: ['mine'], partitions: 1, replicas: 1 })).rejects.toThrow();
    } finally {
      await Promise.all([producer.close(), admin.close()]);
    }
  });

  test('says in a line why it cannot look', async () => {
    const verify = (config: KafkaAdminConfig) => use(config, (admin) => admin.verify());
    await expect(verify(as('operator', 'wrong'))).rejects.toThrow(/^Kafka: .*[Aa]uthentication/);
    await expect(verify(as('worker'))).rejects.toThrow(/^Kafka: .*authorization failed/);
    await expect(verify({ url: 'kafka://127.0.0.1:1' })).rejects.toThrow(
      'Kafka: connect ECONNREFUSED 127.0.0.1:1',
    );
  });
});
