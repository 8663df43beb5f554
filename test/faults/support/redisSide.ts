import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Broker } from '../../brokers/support/broker.ts';
import { digest, type Expectation, type HistoryWriter } from '../../support/history.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Workspace } from '../workspace.ts';
import { unreadableBody } from './poison.ts';
import type { Side } from './probe.ts';
import { administer, settingsOf, startGeneratedRedis } from './store.ts';

const STREAM = 'orders';
const GROUPS = { 'take-payment': 'payment.take-payment', 'send-email': 'email.send-email' } as const;
const DEAD = ['take-payment.dlq', 'send-email.dlq'];
const READ = [STREAM, ...Object.values(GROUPS).map((group) => `${group}.retry`)];

/** A Redis with the configuration and the users of a workspace, its streams made by the workspace's topology tool. */
export async function redisSide(workspace: Workspace): Promise<Side> {
  const redis = await startGeneratedRedis(workspace, 'events', settingsOf(workspace, 'events'));
  const proxy = await FaultProxy.start(redis.url);
  const topology = async (): Promise<void> => {
    await workspace.script({ EVENTS_URL: redis.url }, 'topology', 'apply');
  };
  await topology();
  return {
    name: 'redis',
    prefetch: 256,
    ordered: ['send-email'],
    broker: redis,
    proxy,
    env: { EVENTS_URL: proxy.via(redis.url) },
    sendInvalid: (history, count) => sendInvalid(redis, history, count),
    drained: (within) => drained(redis, within),
    readDeadLetters: (history) => readDeadLetters(redis, history),
    clear: async () => {
      await administer(redis, 'DEL', ...DEAD, ...READ, ...READ.map((key) => `${key}:due`));
      await topology();
    },
    dropDeadLetters: async () => {
      await administer(redis, 'DEL', 'take-payment.dlq');
    },
    restoreTopology: topology,
    dropSource: async () => {
      await administer(redis, 'DEL', STREAM);
    },
    // Members speak for what they hold, for as long as they live.
    limitAcks: async () => {},
    alarm: async (on) => {
      await administer(redis, 'CONFIG', 'SET', 'maxmemory', on ? '1' : '0');
    },
    revoke: (revoked) => revoke(redis, workspace, revoked),
    dispose: async () => {
      await proxy.stop();
      await redis.dispose();
    },
  };
}

async function sendInvalid(redis: Broker, history: HistoryWriter, count: number): Promise<void> {
  const invalid: Expectation = { reason: 'invalid', attempts: 1 };
  const expect = Object.fromEntries(Object.keys(GROUPS).map((consumer) => [consumer, invalid]));
  for (let n = 0; n < count; n++) {
    const id = randomUUID();
    const body = unreadableBody(n);
    const headers = { tenant: 'broken' };
    history.append({ type: 'send', id, expect, body: digest(body), headers });
    const all = {
      ...headers,
      'loom-event-id': id,
      'loom-event-type': 'order.created',
      'loom-schema-version': '1',
    };
    await administer(redis, 'XADD', STREAM, '*', 'body', body, 'headers', JSON.stringify(all));
    history.append({ type: 'confirm', id });
  }
}

/** Entries that groups have not acknowledged, and those that wait to be added. */
async function left(redis: Broker): Promise<number> {
  let count = 0;
  for (const key of READ) {
    count += await administer<number>(redis, 'ZCARD', `${key}:due`);
    for (const group of await administer<(string | number | null)[][]>(redis, 'XINFO', 'GROUPS', key)) {
      const about = new Map(group.map((name, at) => [name, group[at + 1]]));
      count += Number(about.get('pending')) + Number(about.get('lag') ?? 1);
    }
  }
  return count;
}

async function drained(redis: Broker, within: number): Promise<void> {
  const end = Date.now() + within;
  for (let empty = 0; empty < 3; await pause(300)) {
    const count = await left(redis);
    empty = count === 0 ? empty + 1 : 0;
    if (Date.now() > end) throw new Error(`not drained: ${count} entries are left`);
  }
}

/** Reads the dead letters and removes them. */
async function readDeadLetters(redis: Broker, history: HistoryWriter): Promise<void> {
  for (const key of DEAD) {
    for (const [, fields] of await administer<[string, string[]][]>(redis, 'XRANGE', key, '-', '+')) {
      const field = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
      const headers = JSON.parse(field('headers')) as Record<string, string>;
      history.append({
        type: 'dlq',
        id: headers['loom-event-id'] ?? '',
        consumer: headers['loom-dlq-consumer']?.split('.').at(-1) ?? '',
        dlqId: headers['loom-dlq-id'] ?? '',
        reason: headers['loom-dlq-reason'] ?? '',
        attempts: Number(headers['loom-attempts']),
        body: digest(field('body')),
        headers: { tenant: headers['tenant'] ?? '' },
      });
    }
    await administer(redis, 'XTRIM', key, 'MAXLEN', '0');
  }
}

async function revoke(redis: Broker, workspace: Workspace, revoked: boolean): Promise<void> {
  for (const service of ['order', 'payment', 'email']) {
    const { username, password } = workspace.secretOf(service, 'EVENTS');
    await administer(redis, 'ACL', 'SETUSER', username, 'resetpass', `>${revoked ? randomUUID() : password}`);
    // A connection lives on with the password that it was opened with.
    if (revoked) await administer(redis, 'CLIENT', 'KILL', 'USER', username);
  }
}
