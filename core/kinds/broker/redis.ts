import { bool, int, object, oneOf, size } from '../attribute.ts';
import { sources } from '../sources.ts';

const persistenceParts = {
  aof: bool({
    doc: 'Whether every write goes to an append-only file.',
    default: { value: true, why: 'a snapshot alone loses minutes' },
    source: sources.redisPersistence,
  }),
} as const;

/** Attributes that only Redis has. */
export const redisAttributes = {
  persistence: object(persistenceParts, {
    group: 'Durability',
    doc: 'What survives a restart.',
    brokers: ['redis'],
    source: sources.redisPersistence,
  }),
  fsync: oneOf(['always', 'everysec', 'no'], {
    group: 'Durability',
    doc: 'When the append-only file is written through to disk; `everysec` may lose a second.',
    default: { value: 'everysec', why: 'default of Redis; `always` costs most of the throughput' },
    brokers: ['redis'],
    source: sources.redisPersistence,
  }),
  replicas: int({
    max: 1000,
    group: 'Durability',
    unit: 'replicas',
    doc: 'Replicas of each primary; replication is asynchronous.',
    default: { value: 0, why: 'one machine runs one Redis' },
    brokers: ['redis'],
    source: sources.redisStreams,
  }),
  maxmemory: size({
    group: 'Limits',
    doc: 'Memory that data may take; streams live in memory.',
    brokers: ['redis'],
    source: sources.redisEviction,
  }),
  maxmemoryPolicy: oneOf(
    [
      'noeviction',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
    ],
    {
      group: 'Limits',
      doc: 'What is dropped when the memory is full.',
      default: { value: 'noeviction', why: 'writers get an error instead of readers losing a stream' },
      brokers: ['redis'],
      source: sources.redisEviction,
    },
  ),
} as const;
