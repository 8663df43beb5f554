import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { referencePages } from '../../../scripts/lib/reference.ts';

const folder = new URL('../../../docs/reference/', import.meta.url);
const pages = referencePages();

it('holds a page for each kind, an index, and nothing else', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});

it.each([...pages])('%s is current; if not, run node scripts/run.js reference', (name, text) => {
  expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text);
});

it('writes tables whose rows have as many cells as their heads', () => {
  for (const text of pages.values()) {
    let head = 0;
    for (const line of text.split('\n')) {
      const cells = line.startsWith('|') ? line.split(/(?<!\\)\|/).length : 0;
      if (head > 0 && cells > 0) expect(`${cells} in ${line}`).toBe(`${head} in ${line}`);
      head = cells;
    }
  }
});

it('says type, default, brokers and source of an attribute and of its parts', () => {
  const rows = (pages.get('consumer.md') ?? '').split('\n');
  expect(rows.find((row) => row.startsWith('| `share.lockDuration` |'))).toBe(
    '| `share.lockDuration` | duration | 30s: default of Kafka | Kafka | How long a record is held for one member; 15s to 60s. [source](https://kafka.apache.org/44/configuration/group-configs/) |',
  );
  expect(rows.find((row) => row.startsWith('| `externalCalls[].name` |'))).toContain('| *required* | all |');
});
