import { createHash, randomUUID } from 'node:crypto';
import { headerNames, textHeader } from '../core/headers.ts';
import type { LogRecord } from '../core/partitions/assignment.ts';
import type { MessageProperties, WireMessage } from '../core/types.ts';

/**
 * A record of Kinesis is bytes and a partition key, nothing else: headers and properties travel around the body, in a
 * JSON object that other programs can read too.
 */
interface Wrapped {
  readonly loom: 1;
  readonly headers: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** The body, where it is text; the rest is in `base64`. */
  readonly body?: string;
  readonly base64?: string;
}

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html, in characters. */
const maxKeyLength = 256;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toData({ body, headers, properties }: WireMessage): Buffer {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) texts[name] = String(value);
  }
  // Every record is as durable as the others.
  const { persistent: _, ...kept } = properties;
  const text = textOf(body);
  const wrapped: Wrapped = {
    loom: 1,
    headers: texts,
    ...(Object.keys(kept).length > 0 ? { properties: kept } : {}),
    ...(text === undefined ? { base64: Buffer.from(body).toString('base64') } : { body: text }),
  };
  return Buffer.from(JSON.stringify(wrapped));
}

/** What another program has written is a body without headers. */
export function fromData(data: Uint8Array, arrivedAt: Date): WireMessage {
  const wrapped = unwrap(data);
  const timestamp = Math.floor(arrivedAt.getTime() / 1000);
  if (wrapped === undefined)
    return { body: Buffer.from(data), headers: {}, properties: { timestamp, persistent: true } };
  const { body, base64, headers, properties = {} } = wrapped;
  const time = Date.parse(textHeader(headers, headerNames.time) ?? '');
  return {
    body: body === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(body),
    headers,
    properties: {
      timestamp: Number.isNaN(time) ? timestamp : Math.floor(time / 1000),
      ...(properties as Partial<MessageProperties>),
      persistent: true,
    },
  };
}

/** A partition key is text of 1 to 256 characters; other keys are represented by their digest. Without one any shard will do. */
export function partitionKeyOf(key: string | Uint8Array | undefined): string {
  if (key === undefined) return randomUUID();
  const text = typeof key === 'string' ? key : textOf(key);
  const fits = text !== undefined && text.length > 0 && text.length <= maxKeyLength;
  return fits ? text : createHash('sha256').update(key).digest('hex');
}

/** As the SDK gives it. */
export interface KinesisRecord {
  readonly SequenceNumber?: string | undefined;
  readonly ApproximateArrivalTimestamp?: Date | undefined;
  readonly Data?: Uint8Array | undefined;
  readonly PartitionKey?: string | undefined;
}

/** A record as a log has it: sequence numbers are its offsets. */
export function fromRecord(record: KinesisRecord): LogRecord & { readonly arrivedAt: number } {
  const arrived = record.ApproximateArrivalTimestamp ?? new Date();
  return {
    offset: BigInt(record.SequenceNumber ?? 0),
    key: Buffer.from(record.PartitionKey ?? ''),
    message: fromData(record.Data ?? new Uint8Array(), arrived),
    arrivedAt: arrived.getTime(),
  };
}

function unwrap(data: Uint8Array): Wrapped | undefined {
  const text = textOf(data);
  if (text?.startsWith('{"loom":1,') !== true) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Wrapped>;
    const hasBody = typeof value.body === 'string' || typeof value.base64 === 'string';
    const hasHeaders = typeof value.headers === 'object' && value.headers !== null;
    return hasBody && hasHeaders ? (value as Wrapped) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
