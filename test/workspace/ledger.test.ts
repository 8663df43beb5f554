import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { definitionsOf } from '../brokers/support/definitions.ts';
import { type Postgres, postgresDirs, startPostgres } from '../brokers/support/postgres.ts';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { freePort } from '../support/ports.ts';
import { TestProcess } from '../support/process.ts';
import { Workspace } from './support.ts';

const poll = { timeout: 120_000, interval: 100 };

const BOOK = ` = message;
  await context.transaction.query('INSERT INTO bookings (order_id, amount) VALUES ($1, $2)', [
    message.data.orderId,
    message.data.amount,
  ]);
  await context.producers.booked.send(
    'entry.booked',
    { orderId: message.data.orderId },
    { transaction: context.transaction },
  );`;
const CONFIRM = ` = message;
  await context.transaction.query('UPDATE orders SET confirmed = confirmed + 1 WHERE id = $1', [message.data.orderId]);`;
const SHOP = `import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from './types.ts';

export async function run({ producers: { placeOrder }, signal }: Context): Promise<void> {
  for (let n = 0; n < Number(process.env.ORDERS ?? 0) && !signal.aborted; n++) {
    const orderId = \`o-\${n}\`;
    await placeOrder.transact(async (transaction) => {
      await transaction.query('INSERT INTO orders (id) VALUES ($1)', [orderId]);
      await placeOrder.send('order.placed', { orderId, amount: n }, { transaction });
    });
    await pause(5);
  }
}
`;

describeWithBrokers('the workspace of ledger', { brokers: ['rabbitmq', 'postgres'], control: true }, () => {
  let workspace: Workspace;
  let rabbit: Rabbit;
  let postgres: Postgres;
  let shared: string;

  beforeAll(async () => {
    workspace = await Workspace.install(
      // The claims of a killed process are in the way for as long as their lease.
      exampleText('ledger').replace('ttl: permanent', 'ttl: permanent\n    inProgressLease: 5s'),
    );
  });
  afterAll(async () => {
    await Promise.all([rabbit?.dispose(), postgres?.dispose()]);
    workspace?.dispose();
    if (shared) rmSync(shared, { recursive: true, force: true });
  });

  test('type-checks', async () => {
    expect(await workspace.run('npx', 'tsc', '--noEmit')).toMatchObject({ code: 0 });
  });

  test('passes its own tests', async () => {
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/pass 8\b/);
    expect(output).toMatch(/fail 0\b/);
    expect(code).toBe(0);
  });

  test('shows all services at work on brokers in memory', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '50');
    expect(output).toContain('demo: 100 sent, 0 not sent, 100 handled, 0 dead-lettered');
    expect(code).toBe(0);
  });

  test('type-checks a handler that writes through its transaction, and no message without one', async () => {
    const file = 'services/ledger/src/handlers/book-order.ts';
    const check = () => workspace.run('npx', 'tsc', '--noEmit');
    const whole = await workspace.with(file, (text) => text.replace(' = message;', BOOK), check);
    expect(whole).toMatchObject({ code: 0 });
    const without = BOOK.replace('{ transaction: context.transaction }', '{}');
    const partial = await workspace.with(file, (text) => text.replace(' = message;', without), check);
    expect(partial.output).toContain("Property 'transaction' is missing");
  });

  /** What the compose file does, with the same files: a broker, a database, and the job that sets it up. */
  async function platform() {
    expect((await workspace.run('npm', 'run', 'setup')).code).toBe(0);
    shared = mkdtempSync(join(tmpdir(), 'brokerloom-ledger-'));
    chmodSync(shared, 0o755);
    const hba = join(shared, 'pg_hba.conf');
    writeFileSync(hba, 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
    [rabbit, postgres] = await Promise.all([
      startRabbit({ conf: [`load_definitions = ${definitionsOf(workspace.folder)}`] }),
      startPostgres([`hba_file=${hba}`]),
    ]);
    const job = join(workspace.folder, 'job');
    mkdirSync(job);
    cpSync(join(workspace.folder, 'secrets/database/setup.sql'), join(job, 'setup.sql'));
    cpSync(join(workspace.folder, 'brokers/database/messaging.sql'), join(job, 'messaging.sql'));
    const [, ...options] = composed('database-setup').entrypoint;
    const psql = [
      join(postgresDirs()[0] ?? '', 'psql'),
      ...options.filter((option) => !option.includes('file=')),
    ];
    const setUp = () =>
      workspace.run(psql[0] ?? '', ...psql.slice(1), `--file=${join(job, 'setup.sql')}`, postgres.url);
    expect(await setUp()).toMatchObject({ code: 0 });
    // It runs at each start of the compose file.
    expect(await setUp()).toMatchObject({ code: 0 });
  }

  const composed = (service: string): { entrypoint: string[] } =>
    parse(workspace.read('docker-compose.yml')).services[service];

  const databaseOf = (service: string) => {
    const url = new URL(postgres.url);
    url.username = '';
    url.pathname = `/${service}`;
    return url.href;
  };

  async function start(service: string, env: Record<string, string> = {}): Promise<TestProcess> {
    const port = await freePort();
    const file = `services/${service}/src/main.ts`;
    const started = await TestProcess.start('node', [`--env-file=secrets/${service}.env`, file], {
      name: service,
      cwd: workspace.folder,
      env: {
        PATH: [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter),
        WORK_URL: `amqp://127.0.0.1:${new URL(rabbit.url).port}/ledger`,
        // Before the variable of the file, which is for the port of the compose file.
        DATABASE_URL: databaseOf(service),
        HEALTH_PORT: String(port),
        LOG_LEVEL: 'warn',
        ...env,
      },
    });
    onTestFinished(async () => void (await started.kill()));
    await started.waitReady(`http://127.0.0.1:${port}/ready`);
    return started;
  }

  test('books each order once on a real RabbitMQ and PostgreSQL, although services are killed', async () => {
    await platform();
    const password = /DATABASE_PASSWORD=(\S+)/.exec(workspace.read('secrets/shop.env'))?.[1] ?? '';
    const login = (database: string, secret: string) => {
      const url = new URL(databaseOf(database));
      url.username = 'shop';
      url.password = secret;
      return new pg.Client({ connectionString: url.href }).connect();
    };
    await expect(login('ledger', password)).rejects.toThrow(/permission denied/);
    await expect(login('shop', 'wrong')).rejects.toThrow(/password authentication failed/);

    const tables: Record<string, string> = {
      shop: 'CREATE TABLE orders (id text PRIMARY KEY, confirmed int NOT NULL DEFAULT 0)',
      ledger: 'CREATE TABLE bookings (order_id text, amount int)',
    };
    for (const [service, sql] of Object.entries(tables)) {
      await postgres.sql(`SET ROLE ${service}; ${sql}`, undefined, service);
    }
    const edit = (path: string, change: (text: string) => string) =>
      writeFileSync(join(workspace.folder, path), change(workspace.read(path)));
    edit('services/ledger/src/handlers/book-order.ts', (text) => text.replace(' = message;', BOOK));
    edit('services/shop/src/handlers/confirm-order.ts', (text) => text.replace(' = message;', CONFIRM));
    edit('services/shop/src/app.ts', () => SHOP);

    const orders = 400;
    const booked = async () =>
      (await postgres.sql<{ n: number }>('SELECT count(*)::int AS n FROM bookings', [], 'ledger'))[0]?.n ?? 0;
    const killedAt: number[] = [];
    let ledger = await start('ledger');
    await start('shop', { ORDERS: String(orders) });
    for (const share of [0.1, 0.3, 0.5]) {
      await expect.poll(booked, poll).toBeGreaterThan(orders * share);
      await ledger.kill();
      killedAt.push(await booked());
      ledger = await start('ledger');
    }
    // Two kills at least met work; before the last a quick machine may be done.
    expect(killedAt.filter((n) => n < orders).length).toBeGreaterThanOrEqual(2);
    const confirmed = () =>
      postgres.sql('SELECT confirmed, count(*)::int AS n FROM orders GROUP BY 1', [], 'shop');
    await expect.poll(confirmed, poll).toEqual([{ confirmed: 1, n: orders }]);
    const [totals] = await postgres.sql(
      'SELECT count(*)::int AS rows, count(DISTINCT order_id)::int AS orders FROM bookings',
      [],
      'ledger',
    );
    expect(totals).toEqual({ rows: orders, orders });
    for (const service of ['shop', 'ledger'])
      expect(await postgres.sql('SELECT FROM messaging.outbox', [], service)).toEqual([]);
  });
});
