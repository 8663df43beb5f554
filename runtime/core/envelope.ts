import { randomUUID } from 'node:crypto';
import { assertSize, assertValid } from './contract.ts';
import { ValidationError } from './errors.ts';
import { headerNames as names, textHeader } from './headers.ts';
import { textAt } from './pointer.ts';
import type { Envelope, Headers, MessageContract, Received, SendOptions, WireMessage } from './types.ts';

/** Fills in what the caller did not say. */
export function createEnvelope(contract: MessageContract, data: unknown, options: SendOptions): Envelope {
  const eventId = options.eventId ?? randomUUID();
  if (eventId === '') throw new ValidationError(`${contract.type}: the event id is empty.`);
  const { aggregateIdPath } = contract;
  const aggregateId = options.aggregateId ?? (aggregateIdPath && textAt(data, aggregateIdPath));
  return {
    eventId,
    type: contract.type,
    time: rfc3339(options.time ?? new Date()),
    schemaVersion: contract.version,
    correlationId: options.correlationId ?? eventId,
    ...(aggregateId === undefined || aggregateId === '' ? {} : { aggregateId }),
    ...optional('causationId', options.causationId),
    ...optional('idempotencyKey', options.idempotencyKey),
    ...optional('traceparent', options.traceparent),
    ...optional('tracestate', options.tracestate),
  };
}

function optional<K extends keyof Envelope>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, string>>);
}

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
  const reserved = Object.keys(extra).find((name) => name.startsWith('loom-'));
  if (reserved !== undefined)
    throw new ValidationError(`The header ${reserved} is reserved for the library.`);
  return {
    body,
    headers: { ...extra, ...(contract.envelope === 'none' ? traceHeaders(envelope) : toHeaders(envelope)) },
    properties: {
      messageId: envelope.eventId,
      type: envelope.type,
      contentType: 'application/json',
      correlationId: envelope.correlationId,
      timestamp: Math.floor(Date.parse(envelope.time) / 1000),
      persistent,
    },
  };
}

function toHeaders(envelope: Envelope): Headers {
  const headers: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(envelope)) headers[names[field as keyof Envelope]] = value;
  return headers;
}

function traceHeaders({ traceparent, tracestate }: Envelope): Headers {
  return { ...(traceparent ? { traceparent } : {}), ...(tracestate ? { tracestate } : {}) };
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
  try {
    return JSON.parse(strictUtf8.decode(body));
  } catch {
    throw new ValidationError('The body is not JSON in UTF-8.');
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function readEnvelope({ headers, properties }: WireMessage): Envelope {
  const required = (name: 'eventId' | 'type' | 'time', fallback?: string): string => {
    const value = textHeader(headers, names[name]) ?? fallback;
    if (value === undefined) throw new ValidationError(`The header ${names[name]} is missing.`);
    return value;
  };
  const eventId = required('eventId', properties.messageId);
  const time = required('time');
  if (Number.isNaN(Date.parse(time))) throw new ValidationError(`The header ${names.time} is not a date.`);
  return {
    eventId,
    type: required('type', properties.type),
    time,
    schemaVersion: Number(headers[names.schemaVersion] ?? 1),
    correlationId: textHeader(headers, names.correlationId) ?? properties.correlationId ?? eventId,
    ...optional('aggregateId', textHeader(headers, names.aggregateId)),
    ...optional('causationId', textHeader(headers, names.causationId)),
    ...optional('idempotencyKey', textHeader(headers, names.idempotencyKey)),
    ...optional('traceparent', textHeader(headers, names.traceparent)),
    ...optional('tracestate', textHeader(headers, names.tracestate)),
  };
}

/** What a message without our headers can still tell; a missing message id leaves the event id empty. */
function foreignEnvelope({ headers, properties }: WireMessage, contract: MessageContract): Envelope {
  const eventId = properties.messageId ?? '';
  return {
    eventId,
    type: contract.type,
    time: new Date(
      properties.timestamp === undefined ? Date.now() : properties.timestamp * 1000,
    ).toISOString(),
    schemaVersion: contract.version,
    correlationId: properties.correlationId ?? eventId,
    ...optional('traceparent', textHeader(headers, names.traceparent)),
    ...optional('tracestate', textHeader(headers, names.tracestate)),
  };
}
