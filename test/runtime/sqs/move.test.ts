import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { MoveOptions } from '../../../runtime/core/transport.ts';
import { sqs } from '../../../runtime/sqs/index.ts';
import { MemoryLog } from '../support/scenario.ts';

type Fields = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (asked: Fields, nth: number) => object>>;

class Refused extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const arn = (name: string) => `arn:aws:sqs:eu-central-1:1:${name}`;
const url = (name: unknown) => `https://sqs.example/1/${name}`;
const task = (Status: string, more: Fields = {}) => ({
  Results: [{ Status, SourceArn: arn('dlq'), DestinationArn: arn('q'), StartedTimestamp: 2, ...more }],
});

/** What AWS has been seen to answer, for what no emulator does: failing, refusing, counting late. */
async function aws(answers: Answers) {
  const asked: string[] = [];
  const usual: Answers = {
    GetQueueUrl: ({ QueueName }) => ({ QueueUrl: url(QueueName) }),
    GetQueueAttributes: ({ QueueUrl }) => ({
      Attributes: { QueueArn: arn(String(QueueUrl).split('/').at(-1) ?? '') },
    }),
    ListDeadLetterSourceQueues: () => ({ queueUrls: [url('q')] }),
    StartMessageMoveTask: () => ({ TaskHandle: 'handle' }),
  };
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Fields;
    asked.push(action);
    const nth = asked.filter((each) => each === action).length;
    try {
      const answer = (answers[action] ?? usual[action])?.(body, nth) ?? {};
      response.end(JSON.stringify(answer));
    } catch (error) {
      const { name, message } = error as Error;
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message }));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = sqs({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    accessKeyId: 'test',
    secretAccessKey: 'test',
  });
  const log = new MemoryLog();
  onTestFinished(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
  await transport.start({ exchanges: [], queues: ['dlq'] }, log, AbortSignal.timeout(10_000));
  const move = (options: Partial<MoveOptions> = {}, queue = 'dlq') =>
    transport.moveDeadLetters?.(queue, { signal: AbortSignal.timeout(20_000), ...options });
  return { move, asked, log };
}

/** Nothing before the task has begun. */
const listing = (Status: string, more?: Fields) => (_: Fields, nth: number) =>
  nth === 1 ? { Results: [] } : task(Status, more);

it('begins one task, to the only source queue, and tells how many it has moved', async () => {
  let begun: Fields = {};
  const { move } = await aws({
    StartMessageMoveTask: (fields) => {
      begun = fields;
      return { TaskHandle: 'handle' };
    },
    ListMessageMoveTasks: listing('COMPLETED', { ApproximateNumberOfMessagesMoved: 7 }),
  });
  expect(await move({ perSecond: 500 })).toEqual({ moved: 7, complete: true });
  expect(begun).toEqual({
    SourceArn: arn('dlq'),
    DestinationArn: arn('q'),
    MaxNumberOfMessagesPerSecond: 500,
  });
});

it('waits for the count of a task that has ended, which follows behind', async () => {
  const counts = (moved: number) => ({
    ApproximateNumberOfMessagesMoved: moved,
    ApproximateNumberOfMessagesToMove: 3,
  });
  const { move } = await aws({
    ListMessageMoveTasks: (_, nth) => (nth === 1 ? { Results: [] } : task('COMPLETED', counts(nth))),
  });
  expect(await move()).toEqual({ moved: 3, complete: true });
});

it('takes no earlier task for its own', async () => {
  const [earlier] = task('COMPLETED', { StartedTimestamp: 1, ApproximateNumberOfMessagesMoved: 99 }).Results;
  const [own] = task('CANCELLED', { ApproximateNumberOfMessagesMoved: 3 }).Results;
  const { move } = await aws({
    ListMessageMoveTasks: (_, nth) => ({ Results: nth < 3 ? [earlier] : [own, earlier] }),
  });
  expect(await move()).toEqual({ moved: 3, complete: false });
});

it('says what a task that failed has needed', async () => {
  const { move } = await aws({
    ListMessageMoveTasks: listing('FAILED', { FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' }),
  });
  await expect(move()).rejects.toThrow(
    /failed: AWS\.SimpleQueueService\.NonExistentQueue\. About 0 were moved, .* sqs:SendMessage for the other queue/,
  );
});

it('joins a task that was begun in between', async () => {
  const { move, log } = await aws({
    StartMessageMoveTask: () => {
      throw new Refused('InvalidParameterValue', 'There is already a task running.');
    },
    ListMessageMoveTasks: (_, nth) =>
      nth === 1
        ? { Results: [] }
        : task(nth === 2 ? 'RUNNING' : 'COMPLETED', { ApproximateNumberOfMessagesMoved: 4 }),
  });
  expect(await move()).toEqual({ moved: 4, complete: true });
  expect(JSON.stringify(log)).toContain('already');
});

it('fails when a task cannot be cancelled', async () => {
  const stop = new AbortController();
  const { move } = await aws({
    ListMessageMoveTasks: listing('RUNNING', { TaskHandle: 'handle' }),
    CancelMessageMoveTask: () => {
      throw new Refused('AccessDeniedException', 'not you');
    },
  });
  const moving = move({ signal: stop.signal, onMoved: () => stop.abort() });
  await expect(moving).rejects.toThrow(/could not be cancelled and goes on at SQS: .*not you/);
});

const refusing = (action: string, name: string): [string, Answers] => [
  `${action}: ${name}`,
  {
    ListMessageMoveTasks: () => ({ Results: [] }),
    [action]: () => {
      throw new Refused(name, 'no');
    },
  },
];
it.each<[string, Answers, Partial<MoveOptions>?, string?]>([
  refusing('ListDeadLetterSourceQueues', 'AccessDeniedException'),
  refusing('ListMessageMoveTasks', 'UnsupportedOperation'),
  refusing('StartMessageMoveTask', 'InvalidAction'),
  refusing('StartMessageMoveTask', 'InvalidParameterValue'),
  [
    'sources on two pages',
    { ListDeadLetterSourceQueues: ({ NextToken }) => (NextToken ? { queueUrls: [url('p')] } : page) },
  ],
  ['no source', { ListDeadLetterSourceQueues: () => ({ queueUrls: [] }) }],
  ['a source of another account', { ListDeadLetterSourceQueues: () => ({ queueUrls: ['https://s/2/q'] }) }],
  ['a rate beyond the bounds', {}, { perSecond: 501 }],
  ['a rate in parts', {}, { perSecond: 0.5 }],
  ['a FIFO queue', {}, {}, 'dlq.fifo'],
])('leaves them to be replayed one by one: %s', async (_, answers, options = {}, queue = 'dlq') => {
  const { move, log, asked } = await aws(answers);
  expect(await move(options, queue)).toBeUndefined();
  expect(JSON.stringify(log)).toContain('one by one');
  if (answers['StartMessageMoveTask'] === undefined) expect(asked).not.toContain('StartMessageMoveTask');
});
const page = { queueUrls: [url('q')], NextToken: 'more' };
