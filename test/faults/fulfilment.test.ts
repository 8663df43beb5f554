import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Broker } from '../brokers/support/broker.ts';
import { definitionsOf } from '../brokers/support/definitions.ts';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { startRedis } from '../brokers/support/redis.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { check } from '../support/checker.ts';
import { HistoryWriter, readHistory } from '../support/history.ts';
import { FaultProxy } from '../support/proxy.ts';
import { reapDir } from '../support/reaper.ts';
import { Fleet } from './support/fleet.ts';
import { RabbitSide } from './support/rabbit.ts';
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
    let fleet: Fleet;
    let work: RabbitSide;

    beforeAll(async () => {
      workspace = await Workspace.generate('examples/fulfilment.loom.yaml');
      workspace.writeProbe();
      await workspace.npm('run', 'setup');
      await workspace.exec('npx', 'tsc', '--noEmit');
      [rabbit, redis] = await startBrokers(workspace);
      proxy = await FaultProxy.start(rabbit.url);
      history = new HistoryWriter(historyFile);
      work = new RabbitSide(rabbit, workspace, history, VHOST);
      fleet = new Fleet({
        workspace,
        history,
        historyFile,
        env: (service) => ({
          WORK_URL: `amqp://127.0.0.1:${proxy.port}/${VHOST}`,
          STORE_URL: redis.url,
          COUNT: String(COUNT),
          POISON_EVERY: String(POISON_EVERY),
          BATCH: '50',
          PAUSE_MS: '100',
          HANDLER_MS: String(HANDLER_MS[service] ?? 1),
        }),
      });
    });

    afterAll(async () => {
      await fleet?.dispose();
      await proxy?.stop();
      await Promise.all([rabbit?.dispose(), redis?.dispose()]);
    });

    it('come up as separate processes on the broker set-up that was generated for them', async () => {
      for (const name of ['payment', 'payment', 'email', 'shipping', 'warehouse', 'tracking', 'labels'])
        await fleet.start(name);
      expect(fleet.size).toBe(7);
    });

    it('lose nothing and repeat no more than they say, while consumers are killed and connections cut', async () => {
      const sender = await fleet.start('order');
      await work.sendInvalid(50, ['take-payment', 'send-email']);
      for (let n = 0; n < KILLS; n++) {
        const victim = n % 2 === 0 ? 'payment#1' : 'payment#2';
        await fleet.busy(victim);
        await fleet.kill(victim);
        if (n < CUTS) {
          history.append({ type: 'cut', connections: proxy.connections });
          proxy.reset();
        }
      }
      await sender.waitOutput(/all sends are settled/, 120_000);
      await work.drained();
      await work.readDeadLetters(['payments.dlq', 'email.dlq']);

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
      const codes = await fleet.terminate();
      expect(codes).toEqual(codes.map(() => 0));
    });
  },
);

/** The brokers, set up by the files that the compose file hands to its containers. */
async function startBrokers(workspace: Workspace): Promise<[Rabbit, Broker]> {
  const definitions = definitionsOf(workspace.dir);
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
