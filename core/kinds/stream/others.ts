import { int, oneOf, size, text } from '../attribute.ts';
import { sources } from '../sources.ts';

/** Settings of a Kinesis stream, a Redis stream and a RabbitMQ stream. */
export const otherStreamAttributes = {
  mode: oneOf(['provisioned', 'on-demand'], {
    group: 'Log',
    doc: 'Whether shards are counted by you or by Kinesis.',
    default: { value: 'on-demand', why: 'starts at 4 MB/s and grows by itself' },
    brokers: ['kinesis'],
    source: sources.kinesisLimits,
  }),
  maxRecordSize: size({
    group: 'Limits',
    doc: 'Largest record; up to 10MiB, as long as large records are few.',
    default: { value: '1MiB', why: 'default of Kinesis' },
    brokers: ['kinesis'],
    source: sources.kinesisLarge,
  }),
  maxLen: int({
    min: 1,
    group: 'Retention',
    unit: 'entries',
    doc: 'Entries that are kept; a stream without a limit fills the memory.',
    brokers: ['redis'],
    source: sources.redisStreams,
  }),
  minId: text({
    group: 'Retention',
    form: 'entry id, or `acknowledged`',
    doc: 'Oldest entry that is kept; `acknowledged` keeps what a group has still to acknowledge.',
    brokers: ['redis'],
    source: sources.redisStreams,
  }),
  trimMode: oneOf(['KEEPREF', 'DELREF', 'ACKED'], {
    group: 'Retention',
    doc: 'What trimming does with entries that a group has not acknowledged; `ACKED`, from Redis 8.2, keeps them.',
    default: { value: 'ACKED from 8.2', why: 'trimming must not lose unread entries' },
    brokers: ['redis'],
    source: sources.redisStreams,
  }),
  segmentSize: size({
    group: 'Retention',
    doc: 'Size of a segment file; retention deletes whole segments.',
    default: { value: '500000000B', why: 'default of RabbitMQ' },
    brokers: ['rabbitmq'],
    source: sources.rabbitStreams,
  }),
} as const;
