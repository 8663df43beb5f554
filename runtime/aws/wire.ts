import { isUtf8 } from 'node:buffer';
import type { Headers, MessageProperties, WireMessage } from '../core/types.ts';

/** A message attribute of SQS and SNS. */
export interface Attribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
}

/** A message as SQS and SNS carry it. */
export interface Carried {
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
}

/**
 * All headers and properties travel in one attribute: a message has room for ten, and with more of them SNS drops a
 * message on its way to a queue with raw delivery
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html).
 */
export const contextAttribute = 'loom';

interface Context {
  readonly headers?: Headers;
  readonly properties?: Omit<MessageProperties, 'persistent'>;
  /** Set where the body is no text that SQS takes. */
  readonly encoding?: 'base64';
  /** The group of a message that waits in another one. */
  readonly group?: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html, "characters" */
const foreign = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
/** An empty body is none to SQS; as base64 this is nothing. */
const nothing = '=';

/** @param group that of the message, where it has to be kept although the message goes to another */
export function carried({ body, headers, properties }: WireMessage, group?: string): Carried {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = isUtf8(bytes) ? bytes.toString() : '';
  const isText = text !== '' && !foreign.test(text);
  // Every message is as durable as the others.
  const { persistent: _, ...kept } = properties;
  const context: Context = {
    headers,
    properties: kept,
    ...(isText ? {} : { encoding: 'base64' }),
    ...(group === undefined ? {} : { group }),
  };
  return {
    body: isText ? text : bytes.toString('base64') || nothing,
    attributes: { [contextAttribute]: { DataType: 'String', StringValue: jsonText(context) } },
  };
}

export interface Received {
  readonly message: WireMessage;
  readonly group?: string;
}

/**
 * Other programs may send a body without the attribute: the attributes that there are become the headers, and the id that
 * SQS gave it the message id, which stays the same when it is delivered again.
 */
export function received(
  body: string,
  attributes: Readonly<Record<string, Attribute>>,
  id: string,
): Received {
  const context = contextIn(attributes[contextAttribute]?.StringValue);
  if (context === undefined) {
    const headers = Object.entries(attributes).flatMap(([name, { StringValue }]) =>
      StringValue === undefined ? [] : [[name, StringValue] as const],
    );
    const properties = { messageId: id, persistent: true };
    return { message: { body: Buffer.from(body), headers: Object.fromEntries(headers), properties } };
  }
  const { encoding, group } = context;
  const [headers, properties] = [objectOf(context.headers), objectOf(context.properties)];
  return {
    message: {
      body: Buffer.from(body, encoding === 'base64' ? encoding : 'utf8'),
      headers,
      properties: { ...properties, persistent: true },
    },
    ...(typeof group === 'string' ? { group } : {}),
  };
}

/** What is no JSON object says nothing; a message without its headers is then dead-lettered as invalid. */
function contextIn(text: string | undefined): Context | undefined {
  if (text === undefined) return undefined;
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};

/** JSON escapes control characters and lone surrogates; two more are forbidden here. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(/[\uFFFE\uFFFF]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
