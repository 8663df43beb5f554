import { expect, it, onTestFinished } from 'vitest';
import {
  type MoveOptions,
  type MoveReport,
  type ReplayOptions,
  replayDeadLetters,
} from '../../../../runtime/index.ts';
import { memoryBroker } from '../../../../runtime/memory/index.ts';

const soon = () => AbortSignal.timeout(10_000);

/** A letter in `dlq`, at a broker that says what it has moved. */
async function replayed(options: ReplayOptions, says: MoveReport | undefined) {
  const queues = ['q', 'dlq'].map((name) => ({ name, durable: true }));
  const broker = memoryBroker({ exchanges: [], queues, bindings: [] });
  onTestFinished(() => broker.close());
  const asked: unknown[] = [];
  const transport = Object.assign(broker.transport(), {
    moveDeadLetters: async (queue: string, { perSecond }: MoveOptions) => {
      asked.push([queue, perSecond]);
      return says;
    },
  });
  await transport.start({ exchanges: [], queues: [] });
  const headers = { 'loom-dlq-id': 'd', 'loom-dlq-queue': 'q' };
  const letter = { body: Buffer.from('{}'), headers, properties: { persistent: true } };
  await transport.publish({ queue: 'dlq' }, letter, soon());
  const report = await replayDeadLetters(transport, 'dlq', options, soon());
  return { asked, report, left: broker.messages('dlq').length };
}

const oneByOne = { settled: 1, skipped: 0, complete: true };

it('lets a broker that can move all of them, as fast as it is told', async () => {
  const { asked, report, left } = await replayed({ perSecond: 7 }, { moved: 42, complete: false });
  expect(asked).toEqual([['dlq', 7]]);
  expect(report).toEqual({ settled: 42, skipped: 0, complete: false });
  expect(left).toBe(1);
});

it('sends them itself where the broker says that it cannot', async () => {
  const { asked, report, left } = await replayed({}, undefined);
  expect(asked).toHaveLength(1);
  expect(report).toEqual(oneByOne);
  expect(left).toBe(0);
});

it.each<[string, ReplayOptions]>([
  ['selected', { select: () => true }],
  ['limited', { limit: 5 }],
  ['of several', { oneByOne: true }],
])('sends them itself where they are %s', async (_, options) => {
  const { asked, report } = await replayed(options, { moved: 42, complete: true });
  expect(asked).toEqual([]);
  expect(report).toEqual(oneByOne);
});
