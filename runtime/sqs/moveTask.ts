import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { pause } from '../core/backoff.ts';
import { MessagingError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { MoveOptions, MoveReport } from '../core/types.ts';
import type { Queues } from './queues.ts';

/** What is moved where. Both by their ARN. */
export interface Move {
  /** Name of the dead-letter queue. */
  readonly queue: string;
  readonly from: string;
  /**
   * Always given: left to itself, SQS sends each message where its redrive policy has taken it from, and fails at one that
   * the library has sent.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html
   */
  readonly to: string;
  readonly perSecond?: number;
}

/** SQS has not moved everything, or a task is in the way. Nothing is lost, and it may be tried again. */
export class MoveTaskError extends MessagingError {
  readonly code = 'LOOM_MOVE_TASK';
  readonly retryable = true;
}

interface Side {
  readonly queues: Queues;
  readonly log: Logger;
}

const pollMs = 1_000;
/** For this long nothing may be heard of a task before it counts as lost from sight. */
const silenceMs = 60_000;
const cancelMs = 10_000;
/** How many times a task that has ended is asked whether it has moved more: its count follows behind. */
const recounts = 5;

const isActive = ({ Status }: ListMessageMoveTasksResultEntry): boolean =>
  Status === 'RUNNING' || Status === 'CANCELLING';

/**
 * Begins a task, or joins the one that a process has left behind: a task is of SQS and goes on without whoever began it,
 * and a queue has one at a time.
 * @throws MoveTaskError when the one that is there does something else
 */
export async function beginTask(side: Side, move: Move, signal: AbortSignal): Promise<MoveTask> {
  const { reach, client } = side.queues;
  const before = await tasksOf(side.queues, move, signal);
  const active = before.find(isActive);
  if (active !== undefined) return joined(side, move, active, before);
  const command = new StartMessageMoveTaskCommand({
    SourceArn: move.from,
    DestinationArn: move.to,
    MaxNumberOfMessagesPerSecond: move.perSecond,
  });
  try {
    // Not given up with the signal: then nobody would know whether it has begun.
    const { TaskHandle } = await reach.call(
      (options) => client.send(command, options),
      AbortSignal.timeout(silenceMs),
    );
    return new MoveTask(side, move, TaskHandle, before);
  } catch (error) {
    // Somebody was faster, or the answer was lost and the request repeated.
    const begun = (await tasksOf(side.queues, move, signal)).find(isActive);
    if (begun === undefined) throw error;
    return joined(side, move, begun, before);
  }
}

function joined(
  side: Side,
  move: Move,
  task: ListMessageMoveTasksResultEntry,
  listed: readonly ListMessageMoveTasksResultEntry[],
): MoveTask {
  const { DestinationArn, MaxNumberOfMessagesPerSecond: rate = Number.POSITIVE_INFINITY } = task;
  const runs = `A task that moves the messages of ${move.queue} is running`;
  const wayOut = 'wait for its end, or cancel it (CancelMessageMoveTask)';
  if (task.Status === 'CANCELLING')
    throw new MoveTaskError(`${runs}, and is being cancelled: try again soon.`);
  if (DestinationArn !== move.to)
    throw new MoveTaskError(`${runs}, to ${DestinationArn ?? 'where each came from'}: ${wayOut}.`);
  if (move.perSecond !== undefined && rate > move.perSecond)
    throw new MoveTaskError(`${runs}, faster than ${move.perSecond} a second: ${wayOut}.`);
  side.log.info({ queue: move.queue }, 'SQS moves these dead letters already; waiting for the end of that.');
  const earlier = listed.filter(({ StartedTimestamp }) => StartedTimestamp !== task.StartedTimestamp);
  return new MoveTask(side, move, task.TaskHandle, earlier);
}

/** The last ten tasks of a queue. */
async function tasksOf(
  { reach, client }: Queues,
  { from }: Move,
  signal: AbortSignal,
): Promise<readonly ListMessageMoveTasksResultEntry[]> {
  const command = new ListMessageMoveTasksCommand({ SourceArn: from, MaxResults: 10 });
  const { Results = [] } = await reach.call((options) => client.send(command, options), signal);
  return Results;
}

/** A task of SQS that has begun. */
export class MoveTask {
  readonly #side: Side;
  readonly #move: Move;
  readonly #handle: string | undefined;
  readonly #earlier: ReadonlySet<number | undefined>;
  #moved = 0;
  /** How many there were when it began. */
  #expected = 0;

  constructor(
    side: Side,
    move: Move,
    handle: string | undefined,
    earlier: readonly ListMessageMoveTasksResultEntry[],
  ) {
    this.#side = side;
    this.#move = move;
    this.#handle = handle;
    this.#earlier = new Set(earlier.map(({ StartedTimestamp }) => StartedTimestamp));
  }

  /** @throws MoveTaskError when it fails, cannot be cancelled or is lost from sight */
  async ended({ signal, onMoved }: MoveOptions): Promise<MoveReport> {
    let heardAt = performance.now();
    for (let asked = 0; ; ) {
      await pause(pollMs, signal);
      if (signal.aborted) return this.#cancel(onMoved);
      const task = await this.#look(signal);
      if (task === undefined) {
        if (performance.now() - heardAt > silenceMs)
          throw this.#error(
            'has not been heard of for a minute, and may go on: run it again to wait for its end',
          );
        continue;
      }
      heardAt = performance.now();
      onMoved?.(this.#moved);
      const { Status, FailureReason } = task;
      if (Status === 'FAILED') throw this.#failure(FailureReason);
      if (Status === 'CANCELLED') return { moved: this.#moved, complete: false };
      if (Status === 'COMPLETED' && (this.#moved >= this.#expected || ++asked > recounts))
        return { moved: this.#moved, complete: true };
      if (isActive(task) && this.#expected > 0 && this.#moved > 2 * this.#expected) {
        this.#side.log.warn(
          { queue: this.#move.queue, moved: this.#moved, expected: this.#expected },
          'Letters that were moved die again, and would be moved again and again: the task is cancelled.',
        );
        return this.#cancel(onMoved);
      }
    }
  }

  /** Ends it. What it says of itself afterwards is nearer to the truth. */
  async #cancel(onMoved: MoveOptions['onMoved']): Promise<MoveReport> {
    const { reach, client } = this.#side.queues;
    const signal = AbortSignal.timeout(cancelMs);
    const command = new CancelMessageMoveTaskCommand({ TaskHandle: this.#handle });
    try {
      const answer = await reach.call((options) => client.send(command, options), signal);
      this.#moved = Math.max(this.#moved, answer.ApproximateNumberOfMessagesMoved ?? 0);
    } catch (error) {
      // It may have ended by itself.
      const task = await this.#look(signal);
      if (task === undefined || isActive(task))
        throw this.#error(`could not be cancelled and goes on at SQS: ${(error as Error).message}`);
    }
    let task = await this.#look(signal);
    while (task !== undefined && isActive(task) && !signal.aborted) {
      await pause(pollMs / 2, signal);
      task = await this.#look(signal);
    }
    onMoved?.(this.#moved);
    return { moved: this.#moved, complete: task?.Status === 'COMPLETED' };
  }

  /** Nothing where SQS does not answer, or not yet know it. */
  async #look(signal: AbortSignal): Promise<ListMessageMoveTasksResultEntry | undefined> {
    const tasks = await tasksOf(this.#side.queues, this.#move, signal).catch((error) => {
      if (signal.aborted || (error instanceof MessagingError && error.retryable)) return [];
      throw error;
    });
    // A task that has ended loses its handle. The oldest of the later ones is this one.
    const [task] = tasks
      .filter(({ StartedTimestamp }) => !this.#earlier.has(StartedTimestamp))
      .sort((a, b) => (a.StartedTimestamp ?? 0) - (b.StartedTimestamp ?? 0));
    this.#moved = Math.max(this.#moved, task?.ApproximateNumberOfMessagesMoved ?? 0);
    this.#expected = Math.max(this.#expected, task?.ApproximateNumberOfMessagesToMove ?? 0);
    return task;
  }

  #failure(reason = 'no reason given'): MoveTaskError {
    return this.#error(
      `failed: ${reason}. About ${this.#moved} were moved, the others are where they were. It needs sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes for the one and sqs:SendMessage for the other queue, and the keys of both. With a limit they are sent one by one, without it`,
    );
  }

  #error(what: string): MoveTaskError {
    return new MoveTaskError(
      `The task that moves messages from ${this.#move.from} to ${this.#move.to} ${what}.`,
    );
  }
}
