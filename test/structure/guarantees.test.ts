import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Hashes, runtimeHashes } from '../faults/guarantees/hash.ts';
import { notShown, type Planned, planned, plannedBugs, plannedFaults } from '../faults/guarantees/plan.ts';
import { problems } from '../faults/guarantees/problems.ts';
import { record } from '../faults/guarantees/record.ts';
import { render } from '../faults/guarantees/render.ts';
import { mergeRows, type Noted, type Row } from '../faults/guarantees/results.ts';
import type { CheckReport, Counts } from '../support/checker.ts';
import { check } from '../support/checker.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'brokerloom-guarantees-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

const hashes: Hashes = {
  rabbitmq: 'r1',
  kafka: 'k1',
  kinesis: 'n1',
  redis: 's1',
  sqs: 'q1',
  all: 'a1',
  celery: 'c1',
  'celery-rabbitmq': 'c2',
};
const version = { hashes, date: '2026-01-31' };
/** A run in which nothing was sent. */
const empty: CheckReport = check([], { inFlightBound: 1, kills: 0, strategy: 'none' });
const counts: Counts = { ...empty.counts, sent: 2_000, repeatedEffects: 3 };
const kafka: Noted = { id: 'fault 1', scope: 'kafka' };

describe('the version of the library', () => {
  const write = (files: Readonly<Record<string, string>>): Hashes => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    return runtimeHashes(dir);
  };
  const library = {
    'runtime/core/a.ts': "export const a: string = 'x // y';\n",
    'runtime/kafka/transport.ts': 'export const k = 1;\n',
    'runtime/rabbitmq/transport.ts': 'export const r = 1;\n',
  };

  it('does not change with comments, types and layout', () => {
    const before = write(library);
    const after = write({
      'runtime/core/a.ts':
        "/** What a is. */\n\nexport const a =\n  'x // y'; // why\nexport interface A {}\n",
    });
    expect(after).toEqual(before);
  });

  it('changes with code, texts and names of files', () => {
    const before = write(library);
    const texts = write({ 'runtime/core/a.ts': "export const a = 'x // z';\n" });
    expect(texts.kafka).not.toBe(before.kafka);
    rmSync(join(dir, 'runtime/core/a.ts'));
    const renamed = write({ 'runtime/core/b.ts': library['runtime/core/a.ts'] });
    expect(new Set([before.all, texts.all, renamed.all]).size).toBe(3);
  });

  it('of every run changes with what the transports have in common', () => {
    const common = { ...library, 'runtime/core/transport.ts': 'export const t = 1;\n' };
    const before = write(common);
    const after = write({ 'runtime/core/a.ts': "export const a = 'y';\n" });
    for (const scope of ['rabbitmq', 'kafka', 'all'] as const) expect(after[scope]).not.toBe(before[scope]);
  });

  it('of a run on one broker does not change with the transport of another', () => {
    const before = write(library);
    const after = write({ 'runtime/kafka/transport.ts': 'export const k = 2;\n' });
    expect(after.rabbitmq).toBe(before.rabbitmq);
    expect(after.kafka).not.toBe(before.kafka);
    expect(after.all).not.toBe(before.all);
  });
});

describe('the notes of a run', () => {
  it('are its beginning, and its counts once it has passed', () => {
    const file = join(dir, 'notes');
    vi.stubEnv('FAULTS_NOTES', file);
    const passed = record('fault 1', 'kafka');
    const notes = (): unknown[] =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    expect(notes()).toEqual([kafka]);
    passed({
      ...empty,
      counts,
      violations: [
        { invariant: 'L', message: 'first' },
        { invariant: 'L', message: 'second' },
      ],
    });
    expect(notes()).toEqual([kafka, { ...kafka, counts, found: { L: 'first (and 1 more)' } }]);
  });

  it('are not taken when nobody asks', () => {
    vi.stubEnv('FAULTS_NOTES', undefined);
    expect(() => record('fault 1', 'kafka')(empty)).not.toThrow();
  });
});

describe('the rows of several runs', () => {
  const old: Row = { id: 'fault 1', scope: 'kafka', hash: 'k0', date: '2026-01-01', passed: true, counts };
  const other: Row = { ...old, id: 'fault 10', hash: 'k1' };

  it('are renewed one by one', () => {
    const rows = mergeRows([other, old], [kafka, { ...kafka, counts }], version);
    expect(rows).toEqual([{ ...old, hash: 'k1', date: '2026-01-31' }, other]);
  });

  it('say that a run has failed which was begun and did not pass', () => {
    const [row] = mergeRows([old], [kafka], version);
    expect(row).toEqual({ id: 'fault 1', scope: 'kafka', hash: 'k1', date: '2026-01-31', passed: false });
  });

  it('stand by number', () => {
    const noted = ['fault 10', 'fault 2'].map((id): Noted => ({ id, scope: 'kafka', counts }));
    expect(mergeRows([], noted, version).map(({ id }) => id)).toEqual(['fault 2', 'fault 10']);
  });
});

describe('the check of the table', () => {
  const four: readonly Planned[] = ['fault 1', 'fault 2', 'fault 3', 'fault 4'].map((id) => ({
    id,
    scope: 'kafka',
    cells: [],
  }));

  it('says which rows have failed, are of another version, or missing', () => {
    const rows = mergeRows(
      [],
      [
        { ...kafka, counts },
        { ...kafka, id: 'fault 2' },
      ],
      version,
    );
    const stale: Row = { ...kafka, id: 'fault 3', hash: 'k0', date: '', passed: true, counts };
    expect(problems(four, [...rows, stale], hashes)).toEqual({
      wrong: ['Failed when last run: fault 2 on kafka.', 'Never run: fault 4 on kafka.'],
      stale: ['Run with another version of runtime/: fault 3 on kafka.'],
    });
  });

  it('is content when every row has passed with the library as it is', () => {
    const noted = four.map(({ id }): Noted => ({ id, scope: 'kafka', counts }));
    expect(problems(four, mergeRows([], noted, version), hashes)).toEqual({ wrong: [], stale: [] });
  });
});

describe('the page', () => {
  const line = (text: string, start: string): string =>
    text.split('\n').find((each) => each.startsWith(start)) ?? '';

  it('has a row for every run, made or not', () => {
    const text = render([]);
    expect(text.split('*not run*')).toHaveLength(planned.length + 1);
    for (const { cells } of planned) expect(text).toContain(`| ${cells.join(' | ')} |`);
    for (const each of notShown) expect(text).toContain(`- ${each}`);
  });

  it('shows counts with the library that they are of, and failures', () => {
    const [first] = plannedFaults;
    if (!first) throw new Error('no fault is planned');
    const start = `| ${first.cells.join(' | ')} |`;
    const row = (noted: Partial<Row>): string =>
      line(
        render([{ ...first, hash: '0123456789abcdef', date: '2026-01-31', passed: true, ...noted }]),
        start,
      );
    expect(row({ counts })).toContain('| 2,000 | 0 | 0 | 3 |');
    expect(row({ counts })).toContain('| `01234567` |');
    expect(row({ passed: false })).toContain('**failed**');
  });

  it('says what the checker has found of a bug, on one line', () => {
    const [bug] = plannedBugs;
    if (!bug) throw new Error('no bug is planned');
    const found = { L: 'lost | one\nand more', W: 'no witness' };
    const text = render([{ ...bug, hash: 'r1', date: '2026-01-31', passed: true, counts, found }]);
    expect(text).toContain('**L** lost \\| one and more; **W** no witness |');
  });
});
