import { ListDeadLetterSourceQueuesCommand } from '@aws-sdk/client-sqs';
import { AwsRefusal } from '../aws/errors.ts';
import { isFifo } from '../aws/fifo.ts';
import { TopologyError, ValidationError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { MoveOptions, MoveReport } from '../core/types.ts';
import { beginTask, type Move, type MoveTask } from './moveTask.ts';
import type { Queues } from './queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const maxPerSecond = 500;

/** Why SQS is not asked to move what is in a queue. */
class NotForSqs extends Error {}

/**
 * Has SQS move all dead letters of a queue back. Nothing: it may not, does not know how, as emulators, or would do it
 * wrongly, and no task was begun. Once one is, all goes well or fails.
 * @throws MoveTaskError when it fails, or another one is in the way
 */
export async function moveDeadLetters(
  { queues, log }: { readonly queues: Queues; readonly log: Logger },
  queue: string,
  options: MoveOptions,
): Promise<MoveReport | undefined> {
  let task: MoveTask;
  try {
    const move = await planned(queues, queue, options);
    task = await beginTask({ queues, log }, move, options.signal);
  } catch (error) {
    if (options.signal.aborted) return { moved: 0, complete: false };
    if (!isRefusal(error)) throw error;
    log.info({ queue, err: error }, 'SQS does not move these dead letters by itself; one by one, then.');
    return undefined;
  }
  return task.ended(options);
}

const isRefusal = (error: unknown): boolean =>
  [NotForSqs, AwsRefusal, ValidationError, TopologyError].some((kind) => error instanceof kind);

/** @throws NotForSqs */
async function planned(
  queues: Queues,
  queue: string,
  { perSecond, signal }: Pick<MoveOptions, 'perSecond' | 'signal'>,
): Promise<Move> {
  if (isFifo(queue))
    throw new NotForSqs(
      'Each letter of a FIFO queue is a group of its own, and would not find back to its own.',
    );
  if (
    perSecond !== undefined &&
    !(Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= maxPerSecond)
  )
    throw new NotForSqs(`SQS moves 1 to ${maxPerSecond} a second, in whole numbers.`);
  const source = await onlySource(queues, queue, signal);
  const from = await arnOf(queues, queue, signal);
  const to = await arnOf(queues, source, signal);
  return { queue, from, to, ...(perSecond === undefined ? {} : { perSecond }) };
}

/** The queue whose dead letters these are: SQS sends all of them to one, whatever they say of themselves. */
async function onlySource(queues: Queues, queue: string, signal: AbortSignal): Promise<string> {
  const QueueUrl = await queues.urlOf(queue, signal);
  const found: string[] = [];
  for (let NextToken: string | undefined; found.length < 2; ) {
    const command = new ListDeadLetterSourceQueuesCommand({ QueueUrl, MaxResults: 1_000, NextToken });
    const page = await queues.asking(queue, (options) => queues.client.send(command, options), signal);
    found.push(...(page.queueUrls ?? []));
    NextToken = page.NextToken;
    if (!NextToken) break;
  }
  const [url = '', ...more] = found;
  if (url === '' || more.length > 0)
    throw new NotForSqs(
      `Not one queue, but ${url === '' ? 'none' : 'several'} has a redrive policy to here.`,
    );
  const name = pathOf(url).at(-1) ?? '';
  // Another account may have a queue of that name.
  if (pathOf(await queues.urlOf(name, signal)).join() !== pathOf(url).join())
    throw new NotForSqs('The queue with a redrive policy to here is not of this account.');
  return name;
}

/** Account and name. Hosts differ by the way that one came. */
const pathOf = (url: string): string[] => new URL(url).pathname.split('/').slice(-2);

async function arnOf(queues: Queues, name: string, signal: AbortSignal): Promise<string> {
  const { QueueArn } = await queues.attributesOf(name, ['QueueArn'], signal);
  if (QueueArn === undefined) throw new NotForSqs(`The queue ${name} does not say its ARN.`);
  return QueueArn;
}
