import { bool, duration, int, object, oneOf, texts } from '../attribute.ts';
import { sources } from '../sources.ts';

const celeryParts = {
  acksLate: bool({
    doc: 'Whether a task is acknowledged after it has run; Celery itself acknowledges before.',
    default: { value: true, why: 'otherwise a crash loses the task' },
    source: sources.celeryTasks,
  }),
  rejectOnWorkerLost: bool({
    doc: 'Whether a task whose worker process has died returns to the queue.',
    default: { value: true, why: 'otherwise an out-of-memory kill loses the task' },
    source: sources.celeryConfiguration,
  }),
  maxRedeliveries: int({
    min: 1,
    max: 1000,
    unit: 'deliveries',
    doc: 'Deliveries of a task whose worker died before it is dead-lettered; a backstop above the attempts that the task counts.',
    default: { value: 50, why: 'deliveries also count crashes; attempts are counted by the task' },
    source: sources.celeryTasks,
  }),
  acksOnFailure: bool({
    doc: 'Whether a task that failed or timed out is acknowledged.',
    default: { value: false, why: 'it must reach the dead-letter queue' },
    source: sources.celeryConfiguration,
  }),
  prefetchMultiplier: int({
    max: 10_000,
    unit: 'tasks for each process',
    doc: 'Tasks that a worker reserves for each of its processes; 0 is without limit.',
    default: { value: 1, why: 'a long task holds no others' },
    source: sources.celeryOptimizing,
  }),
  visibilityTimeout: duration({
    doc: 'After which time an unacknowledged task is delivered again on Redis and SQS; also hits tasks that wait for their time.',
    default: { value: '1h on Redis, 30m on SQS', why: 'defaults of Celery' },
    source: sources.celeryRedis,
  }),
  timeLimit: duration({
    doc: 'After which time the process of a task is killed.',
    source: sources.celeryConfiguration,
  }),
  softTimeLimit: duration({
    doc: 'After which time a task gets an exception and can clean up; below timeLimit.',
    source: sources.celeryConfiguration,
  }),
  resultExpires: duration({
    doc: 'How long results are kept.',
    default: { value: '1h', why: 'the day that Celery keeps them fills the store' },
    source: sources.celeryConfiguration,
  }),
  ignoreResult: bool({
    doc: 'Whether results are not stored.',
    default: { value: true, why: 'a consumer has no caller' },
    source: sources.celeryConfiguration,
  }),
  serializer: oneOf(['json', 'msgpack', 'yaml', 'pickle'], {
    doc: 'How the arguments of a task are written; pickle runs code of the sender.',
    default: { value: 'json', why: 'inert, and every language reads it' },
    source: sources.celerySecurity,
  }),
  autoretryFor: texts({
    form: 'list of exception names',
    doc: 'Exceptions after which Celery itself tries a task again, with its back-off.',
    source: sources.celeryTasks,
  }),
  manualRetry: bool({
    doc: 'Whether the task also calls `self.retry` itself; such a retry passes by the back-off of `autoretryFor`.',
    default: { value: false, why: 'one place decides when a task is tried again' },
    source: sources.celeryTasks,
  }),
  disablePrefetch: bool({
    doc: 'Whether a worker reserves a task only when a process is free, from Celery 5.6 on Redis.',
    source: sources.celeryConfiguration,
  }),
  acceptContent: texts({
    form: 'list of serializers',
    doc: 'Serializers that a worker accepts; pickle runs code of the sender.',
    default: { value: ['json'], why: 'inert' },
    source: sources.celerySecurity,
  }),
  eta: duration({
    doc: 'How far ahead tasks are scheduled (ETA or countdown); a worker holds them in memory until then.',
    source: sources.celeryCalling,
  }),
} as const;

/** What only Celery tasks have. */
export const celeryAttributes = {
  celery: object(celeryParts, {
    group: 'Delivery',
    doc: 'Settings of the Celery task.',
    brokers: ['celery'],
    source: sources.celeryConfiguration,
  }),
} as const;
