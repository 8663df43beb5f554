/** The wire format of generated services, written out by hand: the same headers, the same checks. */
import { randomUUID } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Job, schema } from '../messaging/load.ts';

const validate = new Ajv2020().compile<Job>(schema);

export interface Encoded {
  readonly body: Buffer;
  readonly eventId: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly headers: Record<string, string | number>;
}

export function encode(data: Job): Encoded {
  if (!validate(data)) throw new Error('The message is not valid.');
  const eventId = randomUUID();
  const now = new Date();
  return {
    body: Buffer.from(JSON.stringify(data)),
    eventId,
    timestamp: Math.floor(now.getTime() / 1_000),
    headers: {
      'loom-event-id': eventId,
      'loom-event-type': 'job',
      'loom-event-time': now.toISOString(),
      'loom-schema-version': 1,
      'loom-correlation-id': eventId,
      'loom-aggregate-id': data.id,
    },
  };
}

/** Returns the event id. */
export function decode(body: Buffer, header: (name: string) => unknown): string {
  const eventId = header('loom-event-id');
  const time = header('loom-event-time');
  if (header('loom-event-type') !== 'job' || typeof eventId !== 'string' || typeof time !== 'string')
    throw new Error('The message has no envelope.');
  if (!validate(JSON.parse(body.toString()))) throw new Error('The message is not valid.');
  return eventId;
}
