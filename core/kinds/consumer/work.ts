import { bool, duration, int, object, objects, rate, text, texts } from '../attribute.ts';

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

/** What a handler does, how long it takes and how many run. */
export const workAttributes = {
  sideEffects: texts({
    group: 'Idempotency',
    doc: 'What the handler changes outside itself; an empty list states that it changes nothing.',
  }),
  externalCalls: objects(callItems, { group: 'Idempotency', doc: 'Calls to other systems.' }),
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
    default: { value: 1, why: 'keeps the order' },
    brokers: ['kafka', 'kinesis', 'redis'],
  }),
  downstream: object(downstreamParts, { group: 'Capacity', doc: 'Limits of what the handler calls.' }),
  maxOutage: duration({
    group: 'Capacity',
    doc: 'Longest outage that must not lose messages; stands above that of the flow.',
    default: { value: '4h', why: 'a night until somebody is at work' },
  }),
} as const;
