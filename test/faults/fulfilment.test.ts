import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChannelModel, connect } from 'amqplib';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Broker } from '../brokers/support/broker.ts';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { startRedis } from '../brokers/support/redis.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { check } from '../support/checker.ts';
import { HistoryFollower } from '../support/follow.ts';
import { digest, type Expectation, HistoryWriter, readHistory } from '../support/history.ts';
import { freePort } from '../support/ports.ts';
import { TestProcess } from '../support/process.ts';
import { FaultProxy } from '../support/proxy.ts';
import { reapDir } from '../support/reaper.ts';
import { Workspace } from './workspace.ts';

/** The size of the run. Payment is started twice, so one of them always goes on while the other is killed. */
const COUNT = 5000;
const POISON_EVERY = 100;
const KILLS = 5;
const CUTS = 2;
const PREFETCH = { payment: 32, email: 32 };
const VHOST = 'fulfilment';
/** Payment is slower than the orders come in, so that its workers are never idle when they are killed. */
const HANDLER_MS: Readonly<Record<string, number>> = { payment: 60, email: 15 };

const dir = mkdtempSync(join(tmpdir(), 'brokerloom-faults-'));
const historyFile = join(dir, 'history.ndjson');
reapDir(dir);

describeWithBrokers(
  'the services of examples/fulfilment.loom.yaml',
  { brokers: ['rabbitmq', 'redis'], control: true },
  () => {
    let workspace: Workspace;
    let rabbit: Rabbit;
    let redis: Broker;
    let proxy: FaultProxy;
    let history: HistoryWriter;
    const services = new Map<string, TestProcess>();

    beforeAll(async () => {
      workspace = await Workspace.generate('examples/fulfilment.loom.yaml');
      writeUserCode(workspace);
      await workspace.npm('run', 'setup');
      await workspace.exec('npx', 'tsc', '--noEmit');
      [rabbit, redis] = await startBrokers(workspace);
      proxy = await FaultProxy.start(rabbit.url);
      history = new HistoryWriter(historyFile);
    });

    afterAll(async () => {
      await Promise.all([...services.values()].map((service) => service.kill()));
      await proxy?.stop();
      await Promise.all([rabbit?.dispose(), redis?.dispose()]);
    });

    it('come up as separate processes on the broker set-up that was generated for them', async () => {
      for (const name of ['payment', 'payment', 'email', 'shipping', 'warehouse', 'tracking', 'labels'])
        await start(name);
      expect(services.size).toBe(7);
    });

    it('lose nothing and repeat no more than they say, while consumers are killed and connections cut', async () => {
      const sender = await start('order');
      await sendInvalid(50);
      for (let n = 0; n < KILLS; n++) {
        const victim = n % 2 === 0 ? 'payment#1' : 'payment#2';
        await busy(victim);
        await killOne(victim);
        if (n < CUTS) {
          history.append({ type: 'cut', connections: proxy.connections });
          proxy.reset();
        }
      }
      await sender.waitOutput(/all sends are settled/, 120_000);
      await drained();
      await readDeadLetters(['payments.dlq', 'email.dlq']);

      // A kill repeats what one process held; a cut gives back what every consumer on the connection held.
      const inFlightBound = 2 * PREFETCH.payment + PREFETCH.email;
      const report = check(readHistory(historyFile), {
        inFlightBound,
        kills: KILLS,
        cuts: CUTS,
        strategy: 'key-store',
      });
      console.info('run under faults:', JSON.stringify(report.counts));
      expect(report.violations).toEqual([]);
      expect(report.counts).toMatchObject({
        sent: COUNT + 50,
        confirmed: COUNT + 50,
        kills: KILLS,
        cuts: CUTS,
      });
      expect(report.counts.dlqRecords - report.counts.dlqCopies).toBe(COUNT / POISON_EVERY + 2 * 50);
    });

    it('end within their grace time on SIGTERM, with exit code 0', async () => {
      const exits = await Promise.all([...services.values()].map((service) => service.terminate()));
      services.clear();
      expect(exits.map(({ code }) => code)).toEqual(exits.map(() => 0));
    });

    /** Starts one instance of a service with its own secrets, and waits until it is ready. */
    async function start(name: string): Promise<TestProcess> {
      const instances = [...services.keys()].filter((key) => key.startsWith(`${name}#`));
      const key =
        [1, 2, 3].map((n) => `${name}#${n}`).find((candidate) => !instances.includes(candidate)) ?? name;
      const port = await freePort();
      const service = await TestProcess.start(
        'node',
        [`--env-file=secrets/${name}.env`, `services/${name}/src/main.ts`],
        {
          name: key,
          cwd: workspace.dir,
          env: {
            ...workspace.env,
            WORK_URL: `amqp://127.0.0.1:${proxy.port}/${VHOST}`,
            STORE_URL: redis.url,
            // The store of this run is new, which is what an operator says with this.
            STORE_ACCEPT_EMPTY: 'true',
            HEALTH_PORT: String(port),
            LOG_LEVEL: 'info',
            HISTORY: historyFile,
            COUNT: String(COUNT),
            POISON_EVERY: String(POISON_EVERY),
            BATCH: '50',
            PAUSE_MS: '100',
            HANDLER_MS: String(HANDLER_MS[name] ?? 1),
          },
        },
      );
      services.set(key, service);
      await service.waitReady(`http://127.0.0.1:${port}/ready`);
      return service;
    }

    /** Kills one instance with -9, says so, and starts it again. */
    async function killOne(key: string): Promise<void> {
      const victim = services.get(key);
      if (!victim) throw new Error(`${key} runs`);
      await victim.kill();
      history.append({ type: 'kill', victim: victim.pid });
      services.delete(key);
      await start(key.split('#')[0] ?? key);
    }

    /** Waits until an instance has at least four handlers at work, so that a kill at once meets work in flight. */
    async function busy(key: string): Promise<void> {
      const pid = services.get(key)?.pid;
      const follower = new HistoryFollower(historyFile);
      follower.next();
      const open = new Set<string>();
      const end = Date.now() + 60_000;
      while (open.size < 4) {
        if (Date.now() > end) throw new Error(`${key} has nothing to do; the run sends too little`);
        await pause(5);
        for (const event of follower.next().filter((each) => each.pid === pid)) {
          if (event.type === 'handler-start') open.add(event.id);
          else if (event.type === 'effect') open.delete(event.id);
        }
      }
      follower.close();
    }

    /** Publishes messages that no handler can read, past the producers of the workspace. */
    async function sendInvalid(count: number): Promise<void> {
      const connection = await connectAs('order');
      const channel = await connection.createConfirmChannel();
      for (let n = 0; n < count; n++) {
        const id = randomUUID();
        const body = ['{ "orderId": ', '{"orderId":""}', '', '[]'][n % 4] ?? '';
        const headers = { tenant: 'broken' };
        const invalid: Expectation = { reason: 'invalid', attempts: 1 };
        history.append({
          type: 'send',
          id,
          expect: { 'take-payment': invalid, 'send-email': invalid },
          body: digest(body),
          headers,
        });
        const own = { 'loom-event-id': id, 'loom-event-type': 'order.created', 'loom-schema-version': 1 };
        channel.publish('orders', 'order.created', Buffer.from(body), {
          headers: { ...headers, ...own },
          messageId: id,
          persistent: true,
        });
        await channel.waitForConfirms();
        history.append({ type: 'confirm', id });
      }
      await connection.close();
    }

    /** Waits until every queue but the dead-letter queues is empty, what is delivered and not acknowledged included. */
    async function drained(): Promise<void> {
      const end = Date.now() + 180_000;
      for (;;) {
        const listing = await rabbit.ctl(
          'list_queues',
          '-p',
          VHOST,
          '--quiet',
          '--no-table-headers',
          'name',
          'messages',
        );
        const full = listing
          .split('\n')
          .filter((line) => /\t[1-9]\d*$/.test(line) && !/\.(?:dlq|parked)\t/.test(line));
        if (full.length === 0) return;
        if (Date.now() > end) throw new Error(`not drained: ${full.join(', ')}`);
        await pause(500);
      }
    }

    async function readDeadLetters(queues: readonly string[]): Promise<void> {
      const connection = await connectAs('operator');
      const channel = await connection.createChannel();
      for (const queue of queues) {
        for (let letter = await channel.get(queue); letter; letter = await channel.get(queue)) {
          const headers = (letter.properties.headers ?? {}) as Record<string, unknown>;
          const header = (name: string): string => String(headers[name] ?? '');
          history.append({
            type: 'dlq',
            id: header('loom-event-id'),
            consumer: header('loom-dlq-consumer').split('.').at(-1) ?? '',
            dlqId: header('loom-dlq-id'),
            reason: header('loom-dlq-reason'),
            attempts: Number(headers['loom-attempts']),
            body: digest(letter.content),
            headers: { tenant: header('tenant') },
          });
          channel.ack(letter);
        }
      }
      await connection.close();
    }

    async function connectAs(user: string): Promise<ChannelModel> {
      const { username, password } = workspace.secretOf(user, 'WORK');
      const { hostname, port } = new URL(rabbit.url);
      return connect({ protocol: 'amqp', hostname, port: Number(port), vhost: VHOST, username, password });
    }
  },
);

/** What a team writes itself: the order service's traffic, and handlers that leave a trace of every effect. */
function writeUserCode(workspace: Workspace): void {
  const handler = (type: string, name: string, consumer: string): string =>
    `import type { ${type} } from '../types.ts';
import { handle } from '../work.ts';

export const ${name}: ${type} = (message, { attempt }) => handle('${consumer}', message, attempt);
`;
  workspace.copy('test/faults/user-code/app.ts', 'services/order/src/app.ts');
  workspace.write(
    'services/payment/src/handlers/take-payment.ts',
    handler('TakePayment', 'takePayment', 'take-payment'),
  );
  workspace.write(
    'services/email/src/handlers/send-email.ts',
    handler('SendEmail', 'sendEmail', 'send-email'),
  );
  for (const service of ['order', 'payment', 'email']) {
    workspace.copy('test/support/history.ts', `services/${service}/src/history.ts`);
    if (service !== 'order')
      workspace.copy('test/faults/user-code/work.ts', `services/${service}/src/work.ts`);
  }
}

/** The brokers, set up by the files that the compose file hands to its containers. */
async function startBrokers(workspace: Workspace): Promise<[Rabbit, Broker]> {
  const definitions = join(dir, 'definitions.d');
  mkdirSync(definitions);
  copyFileSync(join(workspace.dir, 'brokers/work/definitions.json'), join(definitions, '10-topology.json'));
  copyFileSync(join(workspace.dir, 'secrets/work/users.json'), join(definitions, '20-users.json'));
  const acl = join(workspace.dir, 'secrets/store/users.acl');
  const rabbit = await startRabbit({ conf: [`load_definitions = ${definitions}`] });
  const redis = await startRedis(['--aclfile', acl]);
  if (rabbit.source !== 'native')
    for (const file of ['10-topology.json', '20-users.json'])
      await rabbit.loadDefinitions(join(definitions, file));
  if (redis.source !== 'native') await applyAcl(redis.url, acl);
  return [rabbit, redis];
}

/** A container of the tests has no ACL file; the same users are made by command. */
async function applyAcl(url: string, file: string): Promise<void> {
  const client = await createClient({ url }).connect();
  for (const line of readFileSync(file, 'utf8').trim().split('\n'))
    await client.sendCommand(['ACL', 'SETUSER', ...line.split(' ').slice(1)]);
  client.destroy();
}
