import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { ACCEPT_RULES, acceptScript, startScript } from '../../../generators/store/firstStart.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { freePort } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
import { reapDir } from '../../support/reaper.ts';
import { describeWithBrokers } from '../support/require.ts';

/** Runs what the containers of the compose file run, on a folder in place of their volume. */
describeWithBrokers('the first start of the store', { brokers: ['redis'], control: true }, () => {
  const path = process.env['PATH'] ?? '';
  let volume: string;
  let users: string;
  let port: number;

  beforeEach(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'brokerloom-store-'));
    reapDir(dir);
    volume = join(dir, 'data');
    mkdirSync(volume);
    users = join(dir, 'users.acl');
    // As the set-up makes them; `admin` stands for whoever loses the records.
    const operator = `operator on >secret ${ACCEPT_RULES}`;
    const rules = [
      'default off resetpass ~* &* +@all',
      'health on nopass -@all +ping',
      operator,
      'admin on >admin ~* +@all',
    ];
    writeFileSync(users, rules.map((rule) => `user ${rule}\n`).join(''));
    port = await freePort();
  });

  async function start(): Promise<TestProcess> {
    const server = `redis-server --bind 127.0.0.1 --port ${port} --dir ${volume} --aclfile ${users} --appendonly yes`;
    const redis = await TestProcess.start('sh', ['-c', startScript(volume, server)], { env: { PATH: path } });
    await redis.waitOutput(/Ready to accept connections/);
    return redis;
  }

  const accept = (password = 'secret'): Promise<number> =>
    new Promise((resolve) => {
      const env = { PATH: path, STORE_USERNAME: 'operator', STORE_PASSWORD: password };
      const script = acceptScript(volume, 'STORE', '127.0.0.1', port);
      execFile('sh', ['-c', script], { env }, (error) => resolve(error ? Number(error.code) : 0));
    });

  async function isRefused(): Promise<boolean> {
    const store = redisStore({ url: `redis://admin:admin@127.0.0.1:${port}` });
    return store
      .open(AbortSignal.timeout(10_000))
      .then(() => false)
      .catch((error: Error) => {
        if (error.name !== 'StoreLostError') throw error;
        return true;
      })
      .finally(() => store.close());
  }

  test('accepts a new volume, once', async () => {
    const redis = await start();
    expect(await isRefused()).toBe(true);
    expect(await accept()).toBe(0);
    expect(await isRefused()).toBe(false);
    await redis.terminate();
    await start();
    expect(await accept()).toBe(0);
    expect(await isRefused()).toBe(false);
  });

  test('refuses a store that has lost its records, whatever they were lost by', async () => {
    const redis = await start();
    await accept();
    const admin = createClient({ url: `redis://admin:admin@127.0.0.1:${port}` });
    onTestFinished(() => admin.destroy());
    admin.on('error', () => {});
    await (await admin.connect()).flushAll();
    expect(await accept()).toBe(0);
    expect(await isRefused()).toBe(true);
    await redis.terminate();
    // Even with all of its files gone but for those that Redis does not know.
    for (const name of readdirSync(volume))
      if (name !== '.in-use') rmSync(join(volume, name), { recursive: true });
    await start();
    expect(await accept()).toBe(0);
    expect(await isRefused()).toBe(true);
  });

  test('keeps what scripts and transactions have written, whoever may log in', async () => {
    const redis = await start();
    const connect = async () => {
      const admin = createClient({ url: `redis://admin:admin@127.0.0.1:${port}` });
      onTestFinished(() => admin.destroy());
      admin.on('error', () => {});
      return admin.connect();
    };
    const before = await connect();
    await before.eval("redis.call('SET', 'a', 1) redis.call('SET', 'b', 1)");
    await before.multi().set('c', 1).set('d', 1).exec();
    // In its own time: killed, it may lose what waits behind a slow disk, whoever may log in.
    await redis.terminate();
    await start();
    expect(await (await connect()).mGet(['a', 'b', 'c', 'd'])).toEqual(['1', '1', '1', '1']);
    const nobody = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
    nobody.on('error', () => {});
    await expect(nobody.connect()).rejects.toThrow('NOAUTH');
  });

  test('is tried again where it failed', async () => {
    await start();
    expect(await accept('wrong')).not.toBe(0);
    expect(await isRefused()).toBe(true);
    expect(existsSync(join(volume, '.new'))).toBe(true);
    expect(await accept()).toBe(0);
    expect(await isRefused()).toBe(false);
  });
});
