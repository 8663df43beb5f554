import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { HistoryFollower } from './follow.ts';
import { HistoryWriter } from './history.ts';

const dir = mkdtempSync(join(tmpdir(), 'brokerloom-follow-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('gives each event once, in order, as the file grows', () => {
  const path = join(dir, 'history.ndjson');
  const writer = new HistoryWriter(path);
  const follower = new HistoryFollower(path);
  const ids = (): string[] =>
    follower.next().map((event) => (event.type === 'confirm' ? event.id : event.type));
  expect(ids()).toEqual([]);
  writer.append({ type: 'confirm', id: 'a' });
  writer.append({ type: 'confirm', id: 'b' });
  expect(ids()).toEqual(['a']);
  writer.append({ type: 'confirm', id: 'c' });
  expect(ids()).toEqual(['b']);
  expect(ids()).toEqual([]);
  writer.close();
  follower.close();
});
