import { expect, it } from 'vitest';
import { type PutRecord, type Send, StreamLane } from '../../../runtime/kinesis/streamLane.ts';

const record = (key: string, text: string): PutRecord => ({ PartitionKey: key, Data: Buffer.from(text) });
const never = new AbortController().signal;

/** A lane whose requests end when the test says so. */
function laneWith(requests = 1) {
  const sent: { readonly texts: string[]; readonly sends: readonly Send[]; end(): void }[] = [];
  const wanted: (() => void)[] = [];
  const lane = new StreamLane(requests, (sends) => {
    return new Promise<void>((resolve) => {
      sent.push({ texts: sends.map(({ record: { Data } }) => Data.toString()), sends, end: resolve });
      wanted.shift()?.();
    });
  });
  const next = async (index: number) => {
    while (sent[index] === undefined) await new Promise<void>((resolve) => wanted.push(resolve));
    return sent[index];
  };
  const settled: string[] = [];
  const add = (key: string, text: string, signal = never) =>
    lane.add(record(key, text), text.length, signal, (error) => settled.push(error ? `${text}!` : text));
  return { lane, next, add, settled, sent };
}

it('has one record of a key under way, and the next behind it whatever part of a request fails', async () => {
  const { lane, next, add, settled } = laneWith();
  for (const text of ['a1', 'b1', 'a2', 'b2']) add(text[0] ?? '', text);
  const first = await next(0);
  expect(first.texts).toEqual(['a1', 'b1']);
  const [a1, b1] = first.sends;
  b1?.settle();
  if (a1) lane.repeat(a1, 0);
  first.end();
  const second = await next(1);
  expect(second.texts.toSorted()).toEqual(['a1', 'b2']);
  for (const send of second.sends) send.settle();
  second.end();
  const third = await next(2);
  expect(third.texts).toEqual(['a2']);
  third.sends[0]?.settle();
  third.end();
  expect(settled.filter((text) => text.startsWith('a'))).toEqual(['a1', 'a2']);
});

it('takes no more than 500 records and 5 MiB into one request', async () => {
  const many = laneWith();
  for (let n = 0; n < 501; n++) many.add(`k${n}`, 'x');
  expect((await many.next(0)).texts).toHaveLength(500);
  const large = laneWith();
  for (let n = 0; n < 4; n++) large.add(`k${n}`, 'x'.repeat(2 * 1024 * 1024));
  expect((await large.next(0)).texts).toHaveLength(2);
});

it('does not send what nobody waits for any more', async () => {
  const { next, add, settled } = laneWith();
  add('a', 'a1');
  const gone = new AbortController();
  add('a', 'a2', gone.signal);
  add('a', 'a3');
  const first = await next(0);
  gone.abort();
  first.sends[0]?.settle();
  first.end();
  expect((await next(1)).texts).toEqual(['a3']);
  expect(settled).toEqual(['a2!', 'a1']);
});

it('fails what is left when it is closed', () => {
  const { lane, add, settled } = laneWith();
  add('a', 'a1');
  lane.close(new Error('closed'));
  expect(settled).toEqual(['a1!']);
});
