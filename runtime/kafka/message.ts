import { isUtf8 } from 'node:buffer';
import type { KafkaRecord } from '@platformatic/kafka';
import { headerNames as names, textHeader } from '../core/headers.ts';
import type { LogRecord } from '../core/partitions/assignment.ts';
import { secondsOf } from '../core/time.ts';
import type { Headers, MessageProperties, WireMessage } from '../core/types.ts';

/**
 * Kafka has headers only, so the properties of a message travel as headers of these names. Where a `loom-` header says
 * the same, the property is left out.
 */
const propertyHeaders = {
  messageId: { header: 'message-id', same: names.eventId },
  type: { header: 'type', same: names.type },
  contentType: { header: 'content-type', same: undefined },
  contentEncoding: { header: 'content-encoding', same: undefined },
  correlationId: { header: 'correlation-id', same: names.correlationId },
  replyTo: { header: 'reply-to', same: undefined },
  appId: { header: 'app-id', same: undefined },
} as const;

const timestampHeader = 'timestamp';
type TextProperty = keyof typeof propertyHeaders;
const textProperties = Object.entries(propertyHeaders) as [TextProperty, { header: string; same?: string }][];

const propertyOf: ReadonlyMap<string, TextProperty> = new Map(
  textProperties.map(([property, { header }]) => [header, property]),
);

/** A name of the library's, and the value that it had last: most values are those of the record before. */
interface KnownHeader {
  readonly name: Buffer;
  text: string;
  value: Buffer;
}

/** Encoded once instead of for every record. */
const knownHeaders: ReadonlyMap<string, KnownHeader> = new Map(
  [...Object.values(names), ...propertyOf.keys(), timestampHeader].map((name) => [
    name,
    { name: Buffer.from(name), text: '', value: Buffer.alloc(0) },
  ]),
);

/** Headers as Kafka carries them: texts. Numbers and booleans come back as texts. */
export function toHeaders({ headers, properties }: WireMessage): Map<Buffer, Buffer> {
  const wire = new Map<Buffer, Buffer>();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && value !== null) addHeader(wire, name, value);
  }
  for (const [property, { header, same }] of textProperties) {
    const value = properties[property];
    if (value !== undefined && !(same && headers[same] === value)) addHeader(wire, header, value);
  }
  const { timestamp } = properties;
  if (timestamp !== undefined && timestamp !== timeOf(headers)) addHeader(wire, timestampHeader, timestamp);
  return wire;
}

function addHeader(wire: Map<Buffer, Buffer>, name: string, value: unknown): void {
  const known = knownHeaders.get(name);
  if (value instanceof Uint8Array) {
    wire.set(known?.name ?? Buffer.from(name), Buffer.from(value));
    return;
  }
  const text = String(value);
  if (known === undefined) {
    wire.set(Buffer.from(name), Buffer.from(text));
    return;
  }
  if (known.text !== text) {
    known.text = text;
    known.value = Buffer.from(text);
  }
  wire.set(known.name, known.value);
}

/** A record as a message. Its own timestamp stands in where no header tells the time. */
export function fromRecord(offset: bigint, record: KafkaRecord, recordTime: bigint): LogRecord {
  const headers: Record<string, unknown> = {};
  const properties: Record<string, unknown> = { persistent: true };
  let told = Number.NaN;
  for (const [bytes, value] of record.headers) {
    if (bytes === null) continue;
    const name = bytes.toString();
    const held = value === null ? null : textOrBytes(value);
    const property = propertyOf.get(name);
    if (property === undefined && name !== timestampHeader) headers[name] = held;
    else if (typeof held !== 'string' || held === '') continue;
    else if (property === undefined) told = Number(held);
    else properties[property] = held;
  }
  for (const [property, { same }] of textProperties) {
    const value = same && textHeader(headers, same);
    if (value !== undefined) properties[property] ??= value;
  }
  properties['timestamp'] = Number.isSafeInteger(told)
    ? told
    : (timeOf(headers) ?? Math.floor(Number(recordTime) / 1000));
  return {
    offset,
    ...(record.key === null ? {} : { key: record.key }),
    message: {
      body: record.value ?? Buffer.alloc(0),
      headers,
      properties: properties as unknown as MessageProperties,
    },
  };
}

/** Seconds. */
function timeOf(headers: Headers): number | undefined {
  const time = headers[names.time];
  const seconds = typeof time === 'string' ? secondsOf(time) : Number.NaN;
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** Other programs put bytes into headers; a copy must carry them on as they are. */
const textOrBytes = (value: Buffer): string | Uint8Array => (isUtf8(value) ? value.toString() : value);
