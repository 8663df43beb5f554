import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import amqp from 'amqplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { type CheckReport, check } from '../support/checker.ts';
import { digest, HistoryWriter, readHistory } from '../support/history.ts';
import { TestProcess } from '../support/process.ts';

const program = join(import.meta.dirname, 'support', 'worker.ts');
const phase = 200;
const poisonPerPhase = 2;
const kills = 2;

describeWithBrokers('the checker on real runs', { brokers: ['rabbitmq'] }, () => {
  let rabbit: Rabbit;
  beforeAll(async () => {
    rabbit = await startRabbit();
  });
  afterAll(() => rabbit?.dispose());

  /** Two workers die in the middle of their share; a third one drains the queue. Then the DLQ is read, and all checked. */
  async function run(plant: string): Promise<CheckReport> {
    const path = join(rabbit.dir, `history-${plant}.ndjson`);
    const history = new HistoryWriter(path);
    const connection = await amqp.connect(rabbit.url);
    const channel = await connection.createConfirmChannel();
    await channel.assertQueue('dead');
    await channel.assertQueue('jobs', { deadLetterExchange: '', deadLetterRoutingKey: 'dead' });

    for (let n = 0; n < kills; n += 1) {
      await send(channel, history);
      const victim = await startWorker(path, plant, { DIE_AFTER: '40' });
      expect(await victim.exited, victim.output).toEqual({ code: null, signal: 'SIGKILL' });
      history.append({ type: 'kill', victim: victim.pid });
    }
    await send(channel, history);
    const last = await startWorker(path, plant, {});
    await last.waitUntil('done', async () => (await rabbit.depths()).get('jobs') === 0);
    await last.kill();

    for (let dead = await channel.get('dead'); dead; dead = await channel.get('dead')) {
      const { messageId: id, headers } = dead.properties;
      const death = headers?.['x-death']?.[0];
      const record = { dlqId: id, reason: String(death?.reason), attempts: Number(death?.count) };
      history.append({
        type: 'dlq',
        id,
        consumer: 'worker',
        ...record,
        body: digest(dead.content),
        headers: {},
      });
      channel.ack(dead);
    }
    await connection.close();
    history.close();
    return check(readHistory(path), { inFlightBound: 20, kills, strategy: 'none' });
  }

  function startWorker(path: string, plant: string, more: Record<string, string>): Promise<TestProcess> {
    const env = { AMQP_URL: rabbit.url, HISTORY: path, PLANT: plant, ...more };
    return TestProcess.start(process.execPath, [program], { name: 'worker', env });
  }

  it('finds nothing wrong with a consumer that acknowledges after the effect', async () => {
    const report = await run('none');
    expect(report.violations).toEqual([]);
    expect(report.counts).toMatchObject({
      confirmed: phase * (kills + 1),
      dlqRecords: poisonPerPhase * (kills + 1),
      kills,
    });
    expect(report.counts.redeliveries).toBeGreaterThan(0);
  });

  it('finds the messages lost by a consumer that acknowledges first', async () => {
    const report = await run('ack-first');
    expect(report.L).toBe(false);
    expect(report.violations[0]?.message).toMatch(/confirmed, but neither an effect nor in the DLQ/);
  });

  it('finds the poison that a consumer swallows', async () => {
    const report = await run('swallow');
    expect(report.Q).toBe(false);
    expect(report.violations.filter(({ invariant }) => invariant === 'Q')).toHaveLength(
      poisonPerPhase * (kills + 1),
    );
  });
});

async function send(channel: amqp.ConfirmChannel, history: HistoryWriter): Promise<void> {
  for (let n = 0; n < phase; n += 1) {
    const id = randomUUID();
    const body = n < poisonPerPhase ? 'poison' : `job ${n}`;
    const expected = body === 'poison' ? { reason: 'rejected', attempts: 1 } : 'effect';
    history.append({ type: 'send', id, expect: { worker: expected }, body: digest(body), headers: {} });
    channel.sendToQueue('jobs', Buffer.from(body), { messageId: id, persistent: true }, (error) => {
      history.append(error ? { type: 'reject', id, reason: String(error) } : { type: 'confirm', id });
    });
  }
  await channel.waitForConfirms();
}
