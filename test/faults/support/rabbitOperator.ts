import type { Rabbit } from '../../brokers/support/rabbit.ts';
import type { Workspace } from '../workspace.ts';
import type { Side } from './probe.ts';
import { RabbitSide } from './rabbit.ts';

/** Of the designs of the matrix. */
export const VHOST = 'probe';
/** RabbitMQ's own: how long a delivery may stay unacknowledged, and how often that is looked at, in ms. */
const ACK_TIMEOUT = 1_800_000;
const TICK = 60_000;

type Operations = Pick<Side, 'drained' | 'clear' | 'limitAcks' | 'alarm' | 'revoke'>;

/**
 * What the operator of a RabbitMQ does to it in a run, whatever it carries.
 * @param prefix of the settings that hold the services' passwords
 */
export function operatorOf(rabbit: Rabbit, workspace: Workspace, prefix: string): Operations {
  return {
    drained: (within) => RabbitSide.drained(rabbit, VHOST, within),
    clear: async () => {
      await rabbit.ctl('eval', `[rabbit_amqqueue:purge(Q) || Q <- rabbit_amqqueue:list(<<"${VHOST}">>)].`);
    },
    limitAcks: async (ms) => {
      const settings = { consumer_timeout: ms ?? ACK_TIMEOUT, channel_tick_interval: ms ? 1_000 : TICK };
      const calls = Object.entries(settings).map(
        ([name, value]) => `application:set_env(rabbit, ${name}, ${value})`,
      );
      await rabbit.ctl('eval', `${calls.join(', ')}.`);
    },
    alarm: async (on) => {
      await rabbit.ctl('set_vm_memory_high_watermark', on ? '0.000001' : '0.4');
    },
    revoke: async (revoked) => {
      for (const service of ['order', 'payment', 'email']) {
        const { username, password } = workspace.secretOf(service, prefix);
        await rabbit.ctl('change_password', username, revoked ? 'another password' : password);
      }
      if (revoked) await rabbit.ctl('close_all_connections', '--vhost', VHOST, 'credentials revoked');
    },
  };
}

export async function deleteQueue(rabbit: Rabbit, queue: string): Promise<void> {
  await rabbit.ctl('delete_queue', '--vhost', VHOST, queue);
}
