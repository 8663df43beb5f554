/**
 * How kombu keeps messages in Redis: JSON texts in a list for each queue and priority. Pushed at the head, taken from the
 * tail. https://github.com/celery/kombu/blob/v5.7.0/kombu/transport/redis.py
 */
import { randomUUID } from 'node:crypto';
import type { MessageProperties, WireMessage } from '../../core/types.ts';

/** Four lists for the priorities 0 to 9; the list of priority 0 has the name of the queue. */
const steps = [9, 6, 3] as const;
const separator = '\x06\x16';

export function listOf(queue: string, priority = 0): string {
  const step = steps.find((each) => priority >= each);
  return step === undefined ? queue : `${queue}${separator}${step}`;
}

/** Each has a delivery tag of its own, under which a worker notes that it is at work on it. */
export function toEntry(queue: string, { body, headers, properties }: WireMessage): string {
  return JSON.stringify({
    body: Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64'),
    'content-type': properties.contentType,
    'content-encoding': properties.contentEncoding,
    headers,
    properties: {
      correlation_id: properties.correlationId ?? properties.messageId,
      delivery_mode: properties.persistent ? 2 : 1,
      delivery_info: { exchange: '', routing_key: queue },
      priority: properties.priority ?? 0,
      body_encoding: 'base64',
      delivery_tag: randomUUID(),
    },
  });
}

interface Entry {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly 'content-type'?: unknown;
  readonly 'content-encoding'?: unknown;
  readonly properties?: { readonly [name: string]: unknown } | null;
}

/** What is no entry of kombu is a body without headers. */
export function fromEntry(text: Buffer): WireMessage {
  const entry = parsed(text);
  if (entry === undefined) return { body: text, headers: {}, properties: { persistent: true } };
  const { properties } = entry;
  const body = typeof entry.body === 'string' ? entry.body : JSON.stringify(entry.body ?? '');
  const texts = {
    contentType: entry['content-type'],
    contentEncoding: entry['content-encoding'],
    correlationId: properties?.['correlation_id'],
  };
  const known = Object.entries(texts).filter(([, value]) => typeof value === 'string');
  return {
    body: Buffer.from(body, properties?.['body_encoding'] === 'base64' ? 'base64' : 'utf8'),
    headers: entry.headers ?? {},
    properties: { ...(Object.fromEntries(known) as Partial<MessageProperties>), persistent: true },
  };
}

function parsed(text: Buffer): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(text.toString('utf8'));
    return typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}
