import { duration, object, oneOf, shaped, size, text, texts } from './attribute.ts';
import { either, literal } from './form.ts';
import { sources } from './sources.ts';
import { durationText } from './values.ts';

const storeParts = {
  kind: oneOf(['redis', 'postgres', 'memory', 'dynamodb'], {
    doc: 'What holds the keys.',
    default: { value: 'redis', why: 'shared by all replicas' },
  }),
  ref: text({ doc: 'Name of the store, where several exist.' }),
  persistence: oneOf(['aof', 'rdb', 'none'], {
    doc: 'What survives a restart of the store.',
    default: { value: 'aof', why: 'a forgotten key repeats the effect' },
    source: sources.redisPersistence,
  }),
  maxmemory: size({
    doc: 'Memory that the store may take; of the Redis broker with the name `ref` where it is missing.',
    source: sources.redisEviction,
  }),
  evictionPolicy: text({
    doc: 'What the store drops when its memory is full.',
    default: { value: 'noeviction', why: 'an evicted key repeats the effect' },
    source: sources.redisEviction,
  }),
} as const;

/** How a second delivery of the same message is kept from repeating the effect. */
export const idempotencyParts = {
  strategy: oneOf(
    [
      'none',
      'natural',
      'key-store',
      'unique-constraint',
      'transactional-inbox',
      'broker-dedup',
      'upsert-version',
    ],
    {
      doc: 'How a second delivery of the same message is kept from repeating the effect. Effects are exactly once only with a transactional inbox or a sink that takes the key; a key store leaves a window between effect and done-mark.',
    },
  ),
  keyFrom: texts({
    form: 'list of JSON pointers',
    doc: 'JSON pointers whose values form the key.',
    default: { value: 'the event id', why: 'assigned once by the producer, the same at every retry' },
  }),
  store: object(storeParts, {
    doc: 'Where the keys live.',
    default: { value: 'redis', why: 'shared by all replicas, persistent with AOF' },
  }),
  ttl: shaped(
    either(durationText, literal('permanent')),
    {
      form: 'duration, or `permanent`',
      doc: 'How long a done-mark is kept: at least as long as the message can return, from the source, its dead-letter queue or a replay.',
      default: { value: '24h', why: 'covers the redelivery window of the source' },
    },
    { type: 'duration' },
  ),
  claim: oneOf(['before', 'after', 'two-phase', 'transactional'], {
    doc: 'When the key is marked: two-phase claims with a lease, then marks done after the effect.',
    default: { value: 'two-phase', why: 'a crash after the claim does not lose the message' },
    source: 'https://github.com/aws-powertools/powertools-lambda-python/releases/tag/v1.26.7',
  }),
  atomicity: oneOf(['unique-constraint', 'conditional-put', 'same-tx', 'none'], {
    doc: 'What makes the claim atomic.',
    default: { value: 'conditional-put', why: 'SET NX is one step' },
  }),
  inProgressLease: duration({
    doc: 'How long a claim lasts without renewal; after a crash the message runs again.',
    default: { value: '3 × p99, at least 30s', why: 'long enough for slow work, short enough to resume' },
  }),
} as const;
