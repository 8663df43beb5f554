import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Postgres } from '../../brokers/support/postgres.ts';
import type { Rabbit } from '../../brokers/support/rabbit.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { reapDir } from '../../support/reaper.ts';
import { databaseOf, startDatabase } from '../support/database.ts';
import type { Probe } from '../support/probe.ts';
import { rabbitSide } from '../support/rabbitSide.ts';
import { startStore } from '../support/store.ts';
import { Workspace } from '../workspace.ts';
import { patched } from './plant.ts';

/** A workspace in which bugs are planted, with all that its services need. */
export interface Field {
  readonly probe: Probe;
  readonly rabbit: Rabbit;
  /** Forgets what a planted bug leaves behind even of a run that was drained. */
  clear(): Promise<void>;
  dispose(): Promise<void>;
}

const design = 'test/faults/designs/rabbitmq.loom.yaml';

/** The workspace of the matrix. */
export async function keyStoreField(): Promise<Field> {
  const workspace = await Workspace.generate(design);
  workspace.writeProbe();
  return prepare(workspace);
}

/** The same with an outbox: orders are written to PostgreSQL, and sent by the relay. */
export async function outboxField(): Promise<Field> {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-design-'));
  reapDir(dir);
  const file = join(dir, 'outbox.loom.yaml');
  const search = 'channel: orders, messages: [order.created] }';
  const replacement =
    'channel: orders, messages: [order.created], publishVia: outbox, writesDatabase: true }';
  writeFileSync(file, patched(readFileSync(design, 'utf8'), { file: design, search, replacement }));
  const workspace = await Workspace.generate(file);
  workspace.writeProbe();
  workspace.copy('test/faults/user-code/outbox.ts', 'services/order/src/app.ts');
  const field = await prepare(workspace);
  const database = await startDatabase(workspace);
  const { side } = field.probe;
  const withDatabase = {
    ...side,
    env: { ...side.env, DATABASE_URL: databaseOf(database, 'order') },
    drained: async (within: number) => {
      await outboxAtRest(database);
      await side.drained(within);
    },
  };
  return {
    ...field,
    probe: { ...field.probe, side: withDatabase },
    clear: async () => {
      await database.sql('DELETE FROM messaging.outbox', [], 'order');
    },
    dispose: async () => {
      await field.dispose();
      await database.dispose();
    },
  };
}

/** Waits until nothing comes into the outbox or leaves it, be it that nothing is left or that the rest is stuck. */
async function outboxAtRest(database: Postgres): Promise<void> {
  let before = '';
  for (let still = 0; still < 5; await pause(500)) {
    const rows = await database.sql('SELECT id FROM messaging.outbox ORDER BY id', [], 'order');
    const now = JSON.stringify(rows);
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

async function prepare(workspace: Workspace): Promise<Field> {
  await workspace.npm('run', 'setup');
  await workspace.exec('npx', 'tsc', '--noEmit');
  const side = await rabbitSide(workspace);
  const store = await startStore(workspace);
  const storeProxy = await FaultProxy.start(store.url);
  return {
    probe: { workspace, side, store, storeProxy },
    rabbit: side.broker,
    clear: async () => {},
    dispose: async () => {
      await side.dispose();
      await storeProxy.stop();
      await store.dispose();
    },
  };
}
