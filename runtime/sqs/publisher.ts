import { SendMessageBatchCommand, type SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { Batcher, refusedEntries } from '../aws/batcher.ts';
import { fifoIds, isFifo } from '../aws/fifo.ts';
import { carried } from '../aws/wire.ts';
import { headerNames } from '../core/headers.ts';
import type { Destination, WireMessage } from '../core/types.ts';
import type { Queues } from './queues.ts';

type QueueAddress = Extract<Destination, { queue: string }>;
type Entry = Omit<SendMessageBatchRequestEntry, 'Id'>;

/** Of all messages of a request together: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const maxBytes = 1_048_576;
/** What names and types of attributes, group and deduplication id add to a message. */
const overheadBytes = 512;
/** The longest that SQS holds a new message back (same page); what is left is waited for by whoever receives it. */
const maxDelaySeconds = 900;

/** Sends in batches; the deadline of each send is its own. */
export class Publisher {
  readonly #queues: Queues;
  readonly #closing: AbortSignal;
  readonly #batchers = new Map<string, Batcher<Entry>>();

  constructor(queues: Queues, closing: AbortSignal) {
    this.#queues = queues;
    this.#closing = closing;
  }

  /** @throws TopologyError, ValidationError, AwsRefusal, ConnectionLostError, or the signal's reason */
  async publish(to: QueueAddress, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const entry = isFifo(to.queue) ? fifoEntry(to, message) : standardEntry(to, message);
    const size = Buffer.byteLength(entry.MessageBody ?? '') + contextSize(entry) + overheadBytes;
    await this.#batcher(to.queue).add(entry, size, signal);
  }

  #batcher(queue: string): Batcher<Entry> {
    const known = this.#batchers.get(queue);
    if (known !== undefined) return known;
    const batcher = new Batcher<Entry>({
      service: 'SQS',
      maxBytes,
      send: async (entries) => {
        const QueueUrl = await this.#queues.urlOf(queue, this.#closing);
        const command = new SendMessageBatchCommand({
          QueueUrl,
          Entries: entries.map((entry, at) => ({ ...entry, Id: String(at) }) as SendMessageBatchRequestEntry),
        });
        const answer = await this.#queues.asking(
          queue,
          (options) => this.#queues.client.send(command, options),
          this.#closing,
        );
        return refusedEntries(entries.length, answer);
      },
    });
    this.#batchers.set(queue, batcher);
    return batcher;
  }
}

function fifoEntry({ key }: QueueAddress, message: WireMessage): Entry {
  const { group, deduplication, home } = fifoIds(message, key);
  const { body, attributes } = carried(message, home);
  return {
    MessageBody: body,
    MessageAttributes: { ...attributes },
    MessageGroupId: group,
    MessageDeduplicationId: deduplication,
  };
}

function standardEntry({ delayMs = 0 }: QueueAddress, message: WireMessage): Entry {
  const delay = Math.ceil(delayMs / 1_000);
  const isLong = delay > maxDelaySeconds;
  const due = new Date(Date.now() + delayMs).toISOString();
  const sent = isLong ? { ...message, headers: { ...message.headers, [headerNames.dueTime]: due } } : message;
  const { body, attributes } = carried(sent);
  return {
    MessageBody: body,
    MessageAttributes: { ...attributes },
    ...(delay > 0 ? { DelaySeconds: Math.min(delay, maxDelaySeconds) } : {}),
  };
}

const contextSize = ({ MessageAttributes = {} }: Entry): number =>
  Object.values(MessageAttributes).reduce(
    (sum, { StringValue = '' }) => sum + Buffer.byteLength(StringValue),
    0,
  );
