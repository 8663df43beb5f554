import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { assertSize, assertValid } from './contract.ts';
import { ValidationError } from './errors.ts';
import { headerNames as names, textHeader } from './headers.ts';
import { textAt } from './pointer.ts';
import { nowAsText, secondsOf } from './time.ts';
import type { Envelope, Headers, MessageContract, Received, SendOptions, WireMessage } from './types.ts';

/** Fills in what the caller did not say. */
export function createEnvelope(contract: MessageContract, data: unknown, options: SendOptions): Envelope {
  const eventId = options.eventId ?? randomUUID();
  if (eventId === '') throw new ValidationError(`${contract.type}: the event id is empty.`);
  const { aggregateIdPath } = contract;
  const aggregateId = options.aggregateId ?? (aggregateIdPath && textAt(data, aggregateIdPath));
  const envelope: Draft<Envelope> = {
    eventId,
    type: contract.type,
    time: options.time === undefined ? nowAsText() : rfc3339(options.time),
    schemaVersion: contract.version,
    correlationId: options.correlationId ?? eventId,
  };
  if (aggregateId !== undefined && aggregateId !== '') envelope.aggregateId = aggregateId;
  if (options.causationId !== undefined) envelope.causationId = options.causationId;
  if (options.idempotencyKey !== undefined) envelope.idempotencyKey = options.idempotencyKey;
  if (options.traceparent !== undefined) envelope.traceparent = options.traceparent;
  if (options.tracestate !== undefined) envelope.tracestate = options.tracestate;
  return envelope;
}

/** While it is being made. Fields are set one by one, since spreading is slow and every message goes through here. */
type Draft<T> = { -readonly [Field in keyof T]: T[Field] };

function rfc3339(time: Date | string): string {
  const date = typeof time === 'string' ? new Date(time) : time;
  if (Number.isNaN(date.getTime()))
    throw new ValidationError(`The event time ${String(time)} is not a date.`);
  return typeof time === 'string' ? time : date.toISOString();
}

/**
 * The message as it goes to the broker.
 * @throws ValidationError, MessageTooLargeError before anything is sent
 */
export function encode(
  contract: MessageContract,
  data: unknown,
  envelope: Envelope,
  extra: Headers,
  persistent: boolean,
): WireMessage {
  assertValid(contract, data);
  const body = Buffer.from(JSON.stringify(data), 'utf8');
  assertSize(contract, body.length);
  const headers: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(extra)) {
    if (name.startsWith('loom-'))
      throw new ValidationError(`The header ${name} is reserved for the library.`);
    headers[name] = value;
  }
  if (contract.envelope === 'none') addTrace(headers, envelope);
  else addEnvelope(headers, envelope);
  return {
    body,
    headers,
    properties: {
      messageId: envelope.eventId,
      type: envelope.type,
      contentType: 'application/json',
      correlationId: envelope.correlationId,
      timestamp: secondsOf(envelope.time),
      persistent,
    },
  };
}

function addEnvelope(headers: Record<string, unknown>, envelope: Envelope): void {
  for (const field in envelope) headers[names[field as keyof Envelope]] = envelope[field as keyof Envelope];
}

function addTrace(headers: Record<string, unknown>, { traceparent, tracestate }: Envelope): void {
  if (traceparent) headers[names.traceparent] = traceparent;
  if (tracestate) headers[names.tracestate] = tracestate;
}

/**
 * A received message against the contracts its consumer accepts.
 * @throws ValidationError, MessageTooLargeError when it cannot be read: it belongs in the dead-letter queue
 */
export function decode(message: WireMessage, contracts: readonly MessageContract[]): Received {
  const contract = contractFor(message, contracts);
  assertSize(contract, message.body.length);
  const data = parseJson(message.body);
  assertValid(contract, data);
  const envelope = contract.envelope === 'none' ? foreignEnvelope(message, contract) : readEnvelope(message);
  return { type: contract.type, data, envelope, headers: message.headers };
}

export const typeOf = ({ headers, properties }: WireMessage): string | undefined =>
  textHeader(headers, names.type) ?? properties.type;

function contractFor(message: WireMessage, contracts: readonly MessageContract[]): MessageContract {
  const type = typeOf(message);
  const found = contracts.find((contract) => contract.type === type);
  if (found !== undefined) return found;
  const foreign = contracts.filter((contract) => contract.envelope === 'none');
  if (foreign[0] !== undefined && foreign.length === 1) return foreign[0];
  const accepted = contracts.map((contract) => contract.type).join(', ');
  throw new ValidationError(
    type
      ? `Unexpected message type ${type}; this consumer takes ${accepted}.`
      : 'The message type is missing.',
  );
}

function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) throw new ValidationError('The body is empty.');
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    if (isUtf8(bytes)) return JSON.parse(withoutByteOrderMark(bytes.toString()));
  } catch {
    // Said below.
  }
  throw new ValidationError('The body is not JSON in UTF-8.');
}

const withoutByteOrderMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

function readEnvelope({ headers, properties }: WireMessage): Envelope {
  const eventId = required(headers, 'eventId', properties.messageId);
  const time = required(headers, 'time');
  if (Number.isNaN(secondsOf(time))) throw new ValidationError(`The header ${names.time} is not a date.`);
  const envelope: Draft<Envelope> = {
    eventId,
    type: required(headers, 'type', properties.type),
    time,
    schemaVersion: Number(headers[names.schemaVersion] ?? 1),
    correlationId: textHeader(headers, names.correlationId) ?? properties.correlationId ?? eventId,
  };
  for (const field of optionalFields) {
    const value = textHeader(headers, names[field]);
    if (value !== undefined) envelope[field] = value;
  }
  return envelope;
}

const optionalFields = [
  'aggregateId',
  'causationId',
  'idempotencyKey',
  'traceparent',
  'tracestate',
] as const satisfies readonly (keyof Envelope)[];

function required(headers: Headers, name: 'eventId' | 'type' | 'time', fallback?: string): string {
  const value = textHeader(headers, names[name]) ?? fallback;
  if (value === undefined) throw new ValidationError(`The header ${names[name]} is missing.`);
  return value;
}

/** What a message without our headers can still tell; a missing message id leaves the event id empty. */
function foreignEnvelope({ headers, properties }: WireMessage, contract: MessageContract): Envelope {
  const eventId = properties.messageId ?? '';
  const envelope: Draft<Envelope> = {
    eventId,
    type: contract.type,
    time: new Date(
      properties.timestamp === undefined ? Date.now() : properties.timestamp * 1000,
    ).toISOString(),
    schemaVersion: contract.version,
    correlationId: properties.correlationId ?? eventId,
  };
  const traceparent = textHeader(headers, names.traceparent);
  const tracestate = textHeader(headers, names.tracestate);
  if (traceparent !== undefined) envelope.traceparent = traceparent;
  if (tracestate !== undefined) envelope.tracestate = tracestate;
  return envelope;
}
