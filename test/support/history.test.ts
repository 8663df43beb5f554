import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digest, HistoryWriter, readHistory } from './history.ts';
import { TestProcess } from './process.ts';

const module = new URL('history.ts', import.meta.url).href;
let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'brokerloom-history-'));
  path = join(dir, 'history.ndjson');
});
afterEach(() => rmSync(dir, { recursive: true }));

function startWriter(tag: string, count: string): Promise<TestProcess> {
  const code = `
    import { HistoryWriter } from '${module}';
    const writer = new HistoryWriter(${JSON.stringify(path)});
    for (let n = 0; n < ${count}; n += 1) {
      writer.append({ type: 'reject', id: '${tag}' + n, reason: 'x'.repeat(n % 3000) });
      if (n === 100) console.log('running');
    }
  `;
  return TestProcess.start(process.execPath, ['--input-type=module', '--eval', code]);
}

it('keeps the lines of several processes whole, and the order of each', async () => {
  const tags = ['a', 'b', 'c'];
  const writers = await Promise.all(tags.map((tag) => startWriter(tag, '2000')));
  for (const writer of writers) expect(await writer.exited, writer.output).toEqual({ code: 0, signal: null });
  const history = readHistory(path);
  for (const writer of writers) {
    const own = history.filter(({ pid }) => pid === writer.pid);
    expect(own).toHaveLength(2000);
    expect(own.map((event) => (event.type === 'reject' ? Number(event.id.slice(1)) : -1))).toEqual([
      ...Array(2000).keys(),
    ]);
  }
});

it('can be read after kill -9 of a writer, and written on', async () => {
  const writer = await startWriter('k', 'Infinity');
  await writer.waitOutput(/running/);
  await writer.kill();
  const own = new HistoryWriter(path);
  own.append({ type: 'kill', victim: writer.pid });
  own.close();
  const history = readHistory(path);
  expect(history.length).toBeGreaterThan(100);
  expect(history.at(-1)).toEqual({ type: 'kill', victim: writer.pid, pid: process.pid });
});

it('refuses what it cannot write in one piece', () => {
  const writer = new HistoryWriter(path);
  expect(() => writer.append({ type: 'reject', id: 'a', reason: 'x'.repeat(5000) })).toThrow(
    /history line of \d+ bytes/,
  );
  writer.close();
  expect(readHistory(path)).toEqual([]);
});

it('leaves out the line that is being written and one unfinished line per kill, and refuses more', () => {
  const line = (event: object): void => appendFileSync(path, `\n${JSON.stringify(event)}`);
  const types = () => readHistory(path).map(({ type }) => type);
  line({ type: 'confirm', id: 'a', pid: 1 });
  appendFileSync(path, '\n{"type":"eff');
  expect(types()).toEqual(['confirm']);
  line({ type: 'confirm', id: 'b', pid: 1 });
  expect(() => readHistory(path)).toThrow(`${path}: not an event: {"type":"eff`);
  line({ type: 'kill', victim: 2, pid: 1 });
  expect(types()).toEqual(['confirm', 'confirm', 'kill']);
  appendFileSync(path, '\n{"type":"eff');
  line({ type: 'confirm', id: 'c', pid: 1 });
  expect(() => readHistory(path)).toThrow('not an event');
});

it('gives bodies of any size the same short form', () => {
  expect(digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(digest(Buffer.alloc(1_000_000))).toHaveLength(64);
});

it('gives back what was appended', () => {
  const writer = new HistoryWriter(path);
  writer.append({ type: 'confirm', id: 'a' });
  writer.close();
  expect(readHistory(path)).toEqual([{ type: 'confirm', id: 'a', pid: process.pid }]);
});
