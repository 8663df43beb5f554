import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fromTask, toTask } from '../../../runtime/celery/protocol.ts';
import { fromEntry, listOf, toEntry } from '../../../runtime/celery/redis/lists.ts';
import type { Broker } from '../../brokers/support/broker.ts';
import type { HistoryWriter } from '../../support/history.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Workspace } from '../workspace.ts';
import { DEAD, noteDeadLetter, QUEUES, sendInvalidTasks } from './celeryTasks.ts';
import type { Side } from './probe.ts';
import { administer, settingsOf, startGeneratedRedis } from './store.ts';

const LISTS = Object.keys(QUEUES).flatMap((queue) => [0, 3, 6, 9].map((priority) => listOf(queue, priority)));
const UNACKED = ['loom:payment:unacked', 'loom:email:unacked'];

/** A Redis with the configuration and the users of a workspace, for the tasks of Celery. */
export async function celerySide(workspace: Workspace): Promise<Side> {
  const redis = await startGeneratedRedis(workspace, 'lists', settingsOf(workspace, 'lists'));
  const proxy = await FaultProxy.start(redis.url);
  const restore = async (): Promise<void> => {
    if ((await administer<string>(redis, 'TYPE', 'take-payment.dlq')) === 'string')
      await administer(redis, 'DEL', 'take-payment.dlq');
  };
  return {
    name: 'celery',
    // Of four processes, and as many that wait for a later attempt.
    prefetch: 8,
    ordered: [],
    broker: redis,
    proxy,
    env: { LISTS_URL: proxy.via(redis.url) },
    sendInvalid: (history, count) =>
      sendInvalidTasks(history, count, async (queue, message) => {
        await administer(redis, 'LPUSH', queue, toEntry(queue, toTask(message)));
      }),
    drained: (within) => drained(redis, within),
    readDeadLetters: (history) => readDeadLetters(redis, history),
    clear: async () => {
      await administer(redis, 'DEL', ...DEAD, ...LISTS, ...UNACKED, ...UNACKED.map((key) => `${key}-index`));
    },
    // A list is made by use and cannot be missing; something else can have its name.
    dropDeadLetters: async () => {
      await administer(redis, 'SET', 'take-payment.dlq', 'no list');
    },
    restoreTopology: restore,
    dropSource: async () => {
      await administer(redis, 'DEL', 'payments');
    },
    limitAcks: async () => {},
    alarm: async (on) => {
      await administer(redis, 'CONFIG', 'SET', 'maxmemory', on ? '1' : '0');
    },
    revoke: async (revoked) => {
      for (const service of ['order', 'payment', 'email']) {
        const { username, password } = workspace.secretOf(service, 'LISTS');
        await administer(
          redis,
          'ACL',
          'SETUSER',
          username,
          'resetpass',
          `>${revoked ? randomUUID() : password}`,
        );
        if (revoked) await administer(redis, 'CLIENT', 'KILL', 'USER', username);
      }
    },
    dispose: async () => {
      await proxy.stop();
      await redis.dispose();
    },
  };
}

/** Tasks that wait, and those that workers hold. */
async function left(redis: Broker): Promise<number> {
  let count = 0;
  for (const key of LISTS) count += await administer<number>(redis, 'LLEN', key);
  for (const key of UNACKED) count += await administer<number>(redis, 'HLEN', key);
  return count;
}

async function drained(redis: Broker, within: number): Promise<void> {
  const end = Date.now() + within;
  for (let empty = 0; empty < 3; await pause(300)) {
    const count = await left(redis);
    empty = count === 0 ? empty + 1 : 0;
    if (Date.now() > end) throw new Error(`not drained: ${count} tasks are left`);
  }
}

/** Reads the dead letters and removes them. */
async function readDeadLetters(redis: Broker, history: HistoryWriter): Promise<void> {
  for (const key of DEAD) {
    for (const entry of await administer<string[]>(redis, 'LRANGE', key, '0', '-1')) {
      noteDeadLetter(history, fromTask(fromEntry(Buffer.from(entry))));
    }
    await administer(redis, 'DEL', key);
  }
}
