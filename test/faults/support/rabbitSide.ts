import { join } from 'node:path';
import { definitionsOf } from '../../brokers/support/definitions.ts';
import { type Rabbit, startRabbit } from '../../brokers/support/rabbit.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Workspace } from '../workspace.ts';
import type { Side } from './probe.ts';
import { RabbitSide } from './rabbit.ts';
import { deleteQueue, operatorOf, VHOST } from './rabbitOperator.ts';

const DEAD = ['payments.dlq', 'emails.dlq'];

/** A RabbitMQ set up by the files that the compose file hands to its container. */
export async function rabbitSide(workspace: Workspace): Promise<Side & { readonly broker: Rabbit }> {
  const definitions = definitionsOf(workspace.dir);
  const rabbit = await startRabbit({ conf: [`load_definitions = ${definitions}`] });
  const proxy = await FaultProxy.start(rabbit.url);
  const work = (history: ConstructorParameters<typeof RabbitSide>[2]) =>
    new RabbitSide(rabbit, workspace, history, VHOST);
  return {
    ...operatorOf(rabbit, workspace, 'WORK'),
    name: 'rabbitmq',
    prefetch: 32,
    ordered: [],
    broker: rabbit,
    proxy,
    env: { WORK_URL: `amqp://127.0.0.1:${proxy.port}/${VHOST}` },
    sendInvalid: (history, count) => work(history).sendInvalid(count, ['take-payment', 'send-email']),
    readDeadLetters: (history) => work(history).readDeadLetters(DEAD),
    dropDeadLetters: () => deleteQueue(rabbit, 'payments.dlq'),
    dropSource: () => deleteQueue(rabbit, 'payments'),
    unroute: (history) => work(history).unbind('orders', ['payments', 'emails'], 'order.created'),
    restoreTopology: () => rabbit.loadDefinitions(join(definitions, '10-topology.json')),
    dispose: async () => {
      await proxy.stop();
      await rabbit.dispose();
    },
  };
}
