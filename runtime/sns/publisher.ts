import { PublishBatchCommand, type PublishBatchRequestEntry } from '@aws-sdk/client-sns';
import { Batcher, refusedEntries } from '../aws/batcher.ts';
import { fifoIds, isFifo } from '../aws/fifo.ts';
import { carried } from '../aws/wire.ts';
import { TopologyError } from '../core/errors.ts';
import type { Destination, WireMessage } from '../core/types.ts';
import { filterAttributes } from './attributes.ts';
import type { Topics } from './topics.ts';

export type TopicAddress = Extract<Destination, { exchange: string }>;
type Entry = Omit<PublishBatchRequestEntry, 'Id'>;

/** Of all messages of a request together: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const maxBytes = 262_144;
/** What types of attributes, group and deduplication id add to a message. */
const overheadBytes = 512;

/** Publishes in batches; the deadline of each send is its own. */
export class Publisher {
  readonly #topics: Topics;
  readonly #closing: AbortSignal;
  readonly #batchers = new Map<string, Batcher<Entry>>();

  constructor(topics: Topics, closing: AbortSignal) {
    this.#topics = topics;
    this.#closing = closing;
  }

  /** @throws TopologyError, ValidationError, AwsRefusal, ConnectionLostError, or the signal's reason */
  async publish({ exchange, key }: TopicAddress, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { body, attributes } = carried(message);
    const entry: Entry = {
      Message: body,
      MessageAttributes: { ...filterAttributes(message), ...attributes },
    };
    if (isFifo(exchange)) {
      const { group, deduplication } = fifoIds(message, key);
      entry.MessageGroupId = group;
      entry.MessageDeduplicationId = deduplication;
    }
    await this.#batcher(exchange).add(entry, sizeOf(entry), signal);
  }

  #batcher(topic: string): Batcher<Entry> {
    const known = this.#batchers.get(topic);
    if (known !== undefined) return known;
    const batcher = new Batcher<Entry>({
      service: 'SNS',
      maxBytes,
      send: async (entries) => {
        const TopicArn = await this.#topics.arnOf(topic, this.#closing);
        const command = new PublishBatchCommand({
          TopicArn,
          PublishBatchRequestEntries: entries.map(
            (entry, at) => ({ ...entry, Id: String(at) }) as PublishBatchRequestEntry,
          ),
        });
        try {
          const { client, reach } = this.#topics;
          const answer = await reach.call((options) => client.send(command, options), this.#closing);
          return refusedEntries(entries.length, answer);
        } catch (error) {
          if (!(error instanceof TopologyError)) throw error;
          this.#topics.forget(topic);
          throw new TopologyError(`The topic ${topic} does not exist.`);
        }
      },
    });
    this.#batchers.set(topic, batcher);
    return batcher;
  }
}

const sizeOf = ({ Message = '', MessageAttributes = {} }: Entry): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { StringValue = '' }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(StringValue),
    Buffer.byteLength(Message) + overheadBytes,
  );
