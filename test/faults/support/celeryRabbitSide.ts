import { setTimeout as pause } from 'node:timers/promises';
import { celeryRabbitmq } from '../../../runtime/celery/rabbitmq/index.ts';
import type { Transport } from '../../../runtime/core/types.ts';
import { definitionsOf } from '../../brokers/support/definitions.ts';
import { type Rabbit, startRabbit } from '../../brokers/support/rabbit.ts';
import type { HistoryWriter } from '../../support/history.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Workspace } from '../workspace.ts';
import { DEAD, noteDeadLetter, sendInvalidTasks } from './celeryTasks.ts';
import type { Side } from './probe.ts';
import { deleteQueue, operatorOf, VHOST } from './rabbitOperator.ts';

const PREFIX = 'LISTS';

/** A RabbitMQ with the users of a workspace, and its queues of tasks made by the workspace's topology tool. */
export async function celeryRabbitSide(workspace: Workspace): Promise<Side> {
  const definitions = definitionsOf(workspace.dir, 'lists');
  const rabbit = await startRabbit({ conf: [`load_definitions = ${definitions}`] });
  const proxy = await FaultProxy.start(rabbit.url);
  const url = `amqp://127.0.0.1:${new URL(rabbit.url).port}/${VHOST}`;
  const topology = async (): Promise<void> => {
    await workspace.script({ LISTS_URL: url, LISTS_MANAGEMENT_URL: '' }, 'topology', 'apply', 'tasks');
  };
  await topology();

  /** Calls with a connection of one of the workspace's users. */
  const as = async (user: string, work: (transport: Transport) => Promise<void>): Promise<void> => {
    const transport = celeryRabbitmq({ url, ...workspace.secretOf(user, PREFIX) });
    await work(transport).finally(() => transport.close());
  };
  return {
    ...operatorOf(rabbit, workspace, PREFIX),
    name: 'celery-rabbitmq',
    // Of four processes; what waits for a later attempt is in delay queues.
    prefetch: 4,
    ordered: [],
    broker: rabbit,
    proxy,
    env: { LISTS_URL: `amqp://127.0.0.1:${proxy.port}/${VHOST}` },
    sendInvalid: (history, count) =>
      as('order', (transport) =>
        sendInvalidTasks(history, count, (queue, message) =>
          transport.publish({ queue }, message, AbortSignal.timeout(30_000)),
        ),
      ),
    readDeadLetters: (history) => as('operator', (transport) => takeAll(rabbit, transport, history)),
    dropDeadLetters: () => deleteQueue(rabbit, 'take-payment.dlq'),
    dropSource: () => deleteQueue(rabbit, 'payments'),
    restoreTopology: topology,
    dispose: async () => {
      await proxy.stop();
      await rabbit.dispose();
    },
  };
}

/** Takes the dead letters into the history, until the broker counts none: after a restart it may say so too early. */
async function takeAll(rabbit: Rabbit, transport: Transport, history: HistoryWriter): Promise<void> {
  for (const end = Date.now() + 30_000; ; await pause(200)) {
    const counts = await rabbit.depths(VHOST);
    const full = DEAD.filter((queue) => counts.get(queue) !== 0);
    if (full.length === 0) return;
    if (Date.now() > end) throw new Error(`dead letters cannot be taken out of ${full.join(' and ')}`);
    for (const queue of full) await take(transport, queue, history);
  }
}

async function take(transport: Transport, queue: string, history: HistoryWriter): Promise<void> {
  for (let letter = await transport.fetch(queue); letter; letter = await transport.fetch(queue)) {
    noteDeadLetter(history, letter.message);
    await letter.ack();
  }
}
