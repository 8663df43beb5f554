import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Rabbit, startRabbit } from '../../brokers/support/rabbit.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { reapDir } from '../../support/reaper.ts';
import type { Workspace } from '../workspace.ts';
import type { Side } from './probe.ts';
import { RabbitSide } from './rabbit.ts';

const VHOST = 'probe';
const DEAD = ['payments.dlq', 'emails.dlq'];
/** RabbitMQ's own: how long a delivery may stay unacknowledged, and how often that is looked at, in ms. */
const ACK_TIMEOUT = 1_800_000;
const TICK = 60_000;

/** A RabbitMQ set up by the files that the compose file hands to its container. */
export async function rabbitSide(workspace: Workspace): Promise<Side & { readonly broker: Rabbit }> {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-definitions-'));
  reapDir(dir);
  const definitions = join(dir, 'definitions.d');
  mkdirSync(definitions);
  copyFileSync(join(workspace.dir, 'brokers/work/definitions.json'), join(definitions, '10-topology.json'));
  copyFileSync(join(workspace.dir, 'secrets/work/users.json'), join(definitions, '20-users.json'));
  const rabbit = await startRabbit({ conf: [`load_definitions = ${definitions}`] });
  const proxy = await FaultProxy.start(rabbit.url);
  const work = (history: ConstructorParameters<typeof RabbitSide>[2]) =>
    new RabbitSide(rabbit, workspace, history, VHOST);
  const remove = async (queue: string): Promise<void> => {
    await rabbit.ctl('delete_queue', '--vhost', VHOST, queue);
  };
  const queues = async (): Promise<string[]> =>
    (await rabbit.ctl('list_queues', '-p', VHOST, '--quiet', '--no-table-headers', 'name'))
      .split('\n')
      .filter(Boolean);
  return {
    name: 'rabbitmq',
    prefetch: 32,
    ordered: [],
    broker: rabbit,
    proxy,
    env: { WORK_URL: `amqp://127.0.0.1:${proxy.port}/${VHOST}` },
    sendInvalid: (history, count) => work(history).sendInvalid(count, ['take-payment', 'send-email']),
    drained: (within) => RabbitSide.drained(rabbit, VHOST, within),
    readDeadLetters: (history) => work(history).readDeadLetters(DEAD),
    clear: async () => {
      for (const queue of await queues()) await rabbit.ctl('purge_queue', '-p', VHOST, queue);
    },
    dropDeadLetters: () => remove('payments.dlq'),
    dropSource: () => remove('payments'),
    limitAcks: async (ms) => {
      const settings = { consumer_timeout: ms ?? ACK_TIMEOUT, channel_tick_interval: ms ? 1_000 : TICK };
      const calls = Object.entries(settings).map(
        ([name, value]) => `application:set_env(rabbit, ${name}, ${value})`,
      );
      await rabbit.ctl('eval', `${calls.join(', ')}.`);
    },
    unroute: (history) => work(history).unbind('orders', ['payments', 'emails'], 'order.created'),
    restoreTopology: () => rabbit.loadDefinitions(join(definitions, '10-topology.json')),
    alarm: async (on) => {
      await rabbit.ctl('set_vm_memory_high_watermark', on ? '0.000001' : '0.4');
    },
    revoke: (revoked) => revoke(rabbit, workspace, revoked),
    dispose: async () => {
      await proxy.stop();
      await rabbit.dispose();
    },
  };
}

async function revoke(rabbit: Rabbit, workspace: Workspace, revoked: boolean): Promise<void> {
  for (const service of ['order', 'payment', 'email']) {
    const { username, password } = workspace.secretOf(service, 'WORK');
    await rabbit.ctl('change_password', username, revoked ? 'another password' : password);
  }
  if (revoked) await rabbit.ctl('close_all_connections', 'credentials revoked');
}
