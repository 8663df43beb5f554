import type { MessageProperties, WireMessage } from '../core/types.ts';
import type { Argument, Reply } from './connection.ts';

/** An entry of a stream, with the id that Redis gave it. */
export interface StreamEntry {
  readonly id: string;
  readonly message: WireMessage;
  readonly key?: Buffer;
}

/** Fields of an entry: the body as it is, headers as a JSON object of texts, properties as another, and the key. */
export function toFields({ body, headers, properties }: WireMessage, key?: Argument): Argument[] {
  const texts: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && value !== null) texts[name] = String(value);
  }
  // Every entry is as durable as the others.
  const { persistent: _, ...kept } = properties;
  const fields: Argument[] = ['body', body instanceof Buffer ? body : Buffer.from(body)];
  fields.push('headers', JSON.stringify(texts));
  if (Object.keys(kept).length > 0) fields.push('properties', JSON.stringify(kept));
  if (key !== undefined) fields.push('key', key);
  return fields;
}

/** Nothing for an entry that is gone. Other programs may write entries of one field, `body`. */
export function fromEntry(reply: Reply): StreamEntry | undefined {
  const [id, fields] = reply as readonly [Buffer, readonly Buffer[] | null];
  if (fields === null) return undefined;
  let body: Buffer = Buffer.alloc(0);
  let headers: object = {};
  let properties: object = {};
  let key: Buffer | undefined;
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const value = fields[at + 1] as Buffer;
    switch (String(fields[at])) {
      case 'body':
        body = value;
        break;
      case 'headers':
        headers = objectIn(value);
        break;
      case 'properties':
        properties = objectIn(value);
        break;
      case 'key':
        key = value;
    }
  }
  return {
    id: String(id),
    message: {
      body,
      headers: headers as WireMessage['headers'],
      properties: { ...(properties as MessageProperties), persistent: true },
    },
    ...(key === undefined ? {} : { key }),
  };
}

/** What is no JSON object says nothing; a message without its headers is then dead-lettered as invalid. */
function objectIn(text: Buffer): object {
  try {
    const value: unknown = JSON.parse(text.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** An entry id, two numbers of 64 bits, as one number of the same order. */
export function offsetOf(id: string): bigint {
  const [ms = '0', sequence = '0'] = id.split('-');
  return (BigInt(ms) << 64n) | BigInt(sequence);
}

export const timeOf = (id: string): number => Number(id.split('-', 1)[0]);
