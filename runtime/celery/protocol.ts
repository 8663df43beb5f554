/**
 * Tasks as Celery's workers read them: message protocol 2
 * (https://docs.celeryq.dev/en/stable/internals/protocol.html). The body of a message is the only argument of its task,
 * the type of the message is the name of the task, and headers of the library travel beside those of Celery.
 */
import { randomUUID } from 'node:crypto';
import { ValidationError } from '../core/errors.ts';
import { textHeader } from '../core/headers.ts';
import type { Headers, WireMessage } from '../core/types.ts';

/** Headers by which a send asks for more than a queue: see `schedule`. */
const own = {
  eta: 'celery-eta',
  expires: 'celery-expires',
  priority: 'celery-priority',
  /** The body is already that of a task, as it was met in a dead-letter queue. */
  raw: 'celery-raw-body',
} as const;

export interface Schedule {
  /** Not before. A worker that has taken the task holds it until then, so not for days. */
  readonly eta?: Date;
  /** The same, in milliseconds from now. */
  readonly countdownMs?: number;
  /** After this time the task is not begun: it is dropped, and that is no dead letter. */
  readonly expires?: Date;
  /**
   * 0 to 9. On Redis 0 comes first, on RabbitMQ 9; without one a task has 0. Quorum queues have known priorities since 4.0,
   * and no more than two before 4.3: https://www.rabbitmq.com/docs/priority
   */
  readonly priority?: number;
}

/**
 * Headers for `SendOptions.headers`: `send(type, data, { headers: schedule({ countdownMs: 60_000 }) })`.
 * @throws ValidationError when the priority is none, or eta and countdown are both given
 */
export function schedule({
  eta,
  countdownMs,
  expires,
  priority,
}: Schedule): Readonly<Record<string, string | number>> {
  if (eta !== undefined && countdownMs !== undefined)
    throw new ValidationError('A task has an eta or a countdown, not both.');
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= 9))
    throw new ValidationError(`The priority ${priority} is not a whole number from 0 to 9.`);
  const due = countdownMs === undefined ? eta : new Date(Date.now() + countdownMs);
  return {
    ...(due === undefined ? {} : { [own.eta]: due.toISOString() }),
    ...(expires === undefined ? {} : { [own.expires]: expires.toISOString() }),
    ...(priority === undefined ? {} : { [own.priority]: priority }),
  };
}

/** Headers that Celery itself sets and reads; all others are the application's. */
const celeryHeaders: ReadonlySet<string> = new Set([
  ...[
    'lang',
    'task',
    'id',
    'root_id',
    'parent_id',
    'group',
    'group_index',
    'meth',
    'shadow',
    'eta',
    'expires',
  ],
  ...['retries', 'timelimit', 'argsrepr', 'kwargsrepr', 'origin', 'ignore_result', 'replaced_task_nesting'],
  ...['stamped_headers', 'stamps', 'redelivered'],
]);

/** Without callbacks: what follows a task is a message of its own. */
const before = Buffer.from('[[');
const after = Buffer.from('], {}, {"callbacks": null, "errbacks": null, "chain": null, "chord": null}]');

/** A message as a task. */
export function toTask({ body, headers, properties }: WireMessage): WireMessage {
  const { [own.eta]: eta, [own.expires]: expires, [own.priority]: asked, [own.raw]: raw, ...rest } = headers;
  const id = properties.messageId ?? randomUUID();
  const priority = priorityOf(asked) ?? properties.priority;
  return {
    body: raw === undefined ? Buffer.concat([before, body, after]) : body,
    headers: {
      ...rest,
      lang: 'js',
      task: properties.type ?? textHeader(headers, 'loom-event-type') ?? '',
      id,
      root_id: id,
      parent_id: null,
      group: null,
      retries: 0,
      timelimit: [null, null],
      eta: typeof eta === 'string' ? eta : null,
      expires: typeof expires === 'string' ? expires : null,
      ignore_result: true,
    },
    properties: {
      ...properties,
      messageId: id,
      contentType: properties.contentType ?? 'application/json',
      contentEncoding: 'utf-8',
      ...(priority === undefined ? {} : { priority }),
    },
  };
}

/** A task as the message that it carries, for tools. What is no task of one argument keeps its body as it is. */
export function fromTask({ body, headers, properties }: WireMessage): WireMessage {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) if (!celeryHeaders.has(name)) kept[name] = value;
  const argument = onlyArgument(body);
  const id = textHeader(headers, 'id');
  const type = textHeader(headers, 'task');
  return {
    body: argument ?? body,
    headers: { ...kept, ...(argument === undefined ? { [own.raw]: 'true' } : {}) } satisfies Headers,
    properties: {
      ...properties,
      ...(id === undefined ? {} : { messageId: id }),
      ...(type === undefined ? {} : { type }),
    },
  };
}

function onlyArgument(body: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const fits =
    bytes.length >= before.length + after.length &&
    bytes.subarray(0, before.length).equals(before) &&
    bytes.subarray(-after.length).equals(after);
  return fits ? bytes.subarray(before.length, -after.length) : undefined;
}

function priorityOf(value: unknown): number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : undefined;
}
