import type { KafkaRecord } from '@platformatic/kafka';
import { headerNames as names, textHeader } from '../core/headers.ts';
import type { LogRecord } from '../core/partitions/assignment.ts';
import type { MessageProperties, WireMessage } from '../core/types.ts';

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

/** Encoded once instead of for every record. */
const ownNames: ReadonlyMap<string, Buffer> = new Map(
  [...Object.values(names), ...textProperties.map(([, { header }]) => header), timestampHeader].map(
    (name) => [name, Buffer.from(name)],
  ),
);

/** Headers as Kafka carries them: texts. Numbers and booleans come back as texts. */
export function toHeaders({ headers, properties }: WireMessage): Map<Buffer, Buffer> {
  const wire = new Map<Buffer, Buffer>();
  const add = (name: string, value: unknown) => {
    const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
    wire.set(ownNames.get(name) ?? Buffer.from(name), bytes);
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) add(name, value);
  }
  for (const [property, { header, same }] of textProperties) {
    const value = properties[property];
    if (value !== undefined && !(same && headers[same] === value)) add(header, value);
  }
  const { timestamp } = properties;
  if (timestamp !== undefined && timestamp !== secondsOf(headers[names.time]))
    add(timestampHeader, timestamp);
  return wire;
}

/** A record as a message. Its own timestamp stands in where no header tells the time. */
export function fromRecord(offset: bigint, record: KafkaRecord, recordTime: bigint): LogRecord {
  const headers: Record<string, unknown> = {};
  for (const [name, value] of record.headers) {
    if (name !== null) headers[name.toString()] = value === null ? null : textOrBytes(value);
  }
  const properties: Record<string, unknown> = { persistent: true };
  for (const [property, { header, same }] of textProperties) {
    const value = textHeader(headers, header) ?? (same && textHeader(headers, same));
    if (value !== undefined) properties[property] = value;
    delete headers[header];
  }
  const told = Number(textHeader(headers, timestampHeader) ?? Number.NaN);
  delete headers[timestampHeader];
  properties['timestamp'] = Number.isSafeInteger(told)
    ? told
    : (secondsOf(headers[names.time]) ?? Math.floor(Number(recordTime) / 1000));
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

function secondsOf(time: unknown): number | undefined {
  const parsed = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : Math.floor(parsed / 1000);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Other programs put bytes into headers; a copy must carry them on as they are. */
function textOrBytes(value: Buffer): string | Uint8Array {
  try {
    return utf8.decode(value);
  } catch {
    return value;
  }
}
