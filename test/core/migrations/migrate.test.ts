import { describe, expect, it } from 'vitest';
import { migrate } from '../../../core/migrations/migrate.ts';
import type { Migration } from '../../../core/migrations/migration.ts';
import { migrations } from '../../../core/migrations/registry.ts';
import { applyEdits, invertEdits } from '../../../core/text/compose.ts';
import { FORMAT } from '../../../core/text/format.ts';
import { load } from '../../../core/text/load.ts';
import { parse } from '../../../core/text/parse.ts';
import { isRecord } from '../../../core/text/render.ts';

/** A format 0 that never was: queues had `limit`, and the design was named at the top. */
const toFirst: Migration = {
  from: 0,
  summary: 'The name of a design moves into `design`, `limit` of queues is `maxLength`.',
  patches: ({ name, queues }) => [
    { op: 'set', path: ['design'], value: { name } },
    { op: 'remove', path: ['name'] },
    ...(isRecord(queues) ? Object.entries(queues) : []).flatMap(([id, queue]) =>
      isRecord(queue) && 'limit' in queue
        ? [{ op: 'rename' as const, path: ['queues', id, 'limit'], to: 'maxLength' }]
        : [],
    ),
  ],
};

const old = `# of old
brokerloom: 0
name: shop # ours
brokers:
  w: { kind: rabbitmq }
queues:
  # work
  jobs:
    broker: w
    limit: 5 # few
`;

describe('migrate', () => {
  it('brings a file up to date through edits, comments kept', () => {
    const edits = migrate(parse(old), [toFirst], 1);
    if (!edits.ok) throw new Error(edits.error.message);
    const after = applyEdits(old, edits.value);
    expect(after).toBe(`# of old
brokerloom: 1

design:
  name: shop
brokers:
  w: { kind: rabbitmq }
queues:
  # work
  jobs:
    broker: w
    maxLength: 5 # few
`);
    expect(load(after).problems).toEqual([]);
    expect(applyEdits(after, invertEdits(edits.value))).toBe(old);
  });

  it('goes through every format in between', () => {
    const toSecond: Migration = {
      from: 1,
      summary: 'Adds a version.',
      patches: () => [{ op: 'set', path: ['design', 'version'], value: '1' }],
    };
    const edits = migrate(parse(old), [toSecond, toFirst], 2);
    expect(edits.ok && parse(applyEdits(old, edits.value)).value).toMatchObject({
      brokerloom: 2,
      design: { name: 'shop', version: '1' },
    });
  });

  it('changes nothing in a file of the present format or a newer one', () => {
    for (const format of [FORMAT, FORMAT + 1])
      expect(migrate(parse(`brokerloom: ${format}\ndesign: { name: x }\n`))).toEqual({ ok: true, value: [] });
  });

  it('refuses a format that never was', () => {
    expect(migrate(parse(old))).toMatchObject({ ok: false, error: { code: 'LOOM_FORMAT', at: { line: 2 } } });
    expect(load(old).problems).toMatchObject([{ code: 'LOOM_FORMAT', at: { line: 2 } }]);
  });

  it('has one migration for every format before the present one', () => {
    expect(migrations.map(({ from }) => from)).toEqual(Array.from({ length: FORMAT - 1 }, (_, i) => i + 1));
  });
});
