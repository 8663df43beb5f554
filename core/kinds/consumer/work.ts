import { bool, duration, int, object, objects, oneOf, rate, text, texts } from '../attribute.ts';
import { sources } from '../sources.ts';

const callItems = {
  name: text({ required: true, doc: 'What is called.' }),
  idempotent: bool({ doc: 'Whether a repeated call has no further effect.' }),
  passesKey: bool({ doc: 'Whether the idempotency key is passed on.' }),
} as const;

const processingParts = {
  p50: duration({ doc: 'Half of the messages take less.' }),
  p99: duration({ doc: 'One message in a hundred takes longer.' }),
} as const;

const downstreamParts = {
  maxRate: rate({ doc: 'Messages per second that the systems behind it bear.' }),
} as const;

const sinkParts = {
  kind: oneOf(['kafka', 'database', 'http', 'files', 'none'], {
    doc: 'What the effect is written to: records on the same Kafka cluster, a database, calls to another system, files, or nothing.',
    source: sources.kafkaDesign,
  }),
} as const;

/** What a handler does, how long it takes and how many run. */
export const workAttributes = {
  sideEffects: texts({
    group: 'Idempotency',
    doc: 'What the handler changes outside itself; an empty list states that it changes nothing.',
  }),
  externalCalls: objects(callItems, { group: 'Idempotency', doc: 'Calls to other systems.' }),
  sink: object(sinkParts, {
    group: 'Idempotency',
    doc: 'Where the effect of the handler ends up; exactly once is possible from Kafka to Kafka alone.',
    source: sources.kafkaDesign,
  }),
  queriesByKey: bool({
    group: 'Idempotency',
    doc: 'Whether the service looks single messages up by a key, as in a database.',
    default: { value: false, why: 'messages are read in their order' },
  }),
  processing: object(processingParts, { group: 'Capacity', doc: 'How long the handler takes.' }),
  concurrency: int({
    min: 1,
    max: 10_000,
    group: 'Capacity',
    unit: 'handlers',
    doc: 'Handlers that run at once in an instance.',
    default: { value: 1, why: 'the safe choice' },
  }),
  concurrencyPerPartition: int({
    min: 1,
    max: 10_000,
    group: 'Ordering',
    unit: 'handlers',
    doc: 'Handlers that run at once on one partition.',
    default: { value: 'one for each key, up to concurrency', why: 'keeps the order of every key' },
    brokers: ['kafka', 'kinesis', 'redis'],
  }),
  downstream: object(downstreamParts, { group: 'Capacity', doc: 'Limits of what the handler calls.' }),
  maxIdle: duration({
    group: 'Capacity',
    doc: 'Longest planned time without a running instance, such as between two runs of a batch job.',
  }),
  maxOutage: duration({
    group: 'Capacity',
    doc: 'Longest outage that must not lose messages; stands above that of the flow.',
    default: { value: '4h', why: 'a night until somebody is at work' },
  }),
} as const;
