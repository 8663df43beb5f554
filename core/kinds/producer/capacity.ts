import { int, num, object, rate } from '../attribute.ts';
import { sources } from '../sources.ts';

const keyed = ['kafka', 'kinesis', 'redis', 'sqs', 'sns'] as const;

const rateParts = {
  avg: rate({ doc: 'Messages per second on average.' }),
  peak: rate({ doc: 'Messages per second at the peak.' }),
} as const;

/** How much a producer publishes. */
export const producerCapacity = {
  rate: object(rateParts, { group: 'Capacity', doc: 'How much is published.' }),
  burst: num({ group: 'Capacity', unit: 'factor', doc: 'Peak over average in the worst minute.' }),
  keyCardinality: int({
    min: 1,
    group: 'Capacity',
    unit: 'keys',
    doc: 'Different keys that are in use at once; the most that can be worked on in parallel and in order.',
    brokers: keyed,
    source: sources.kinesisHot,
  }),
  hotKeyShare: num({
    max: 1,
    group: 'Capacity',
    unit: 'share of the traffic',
    doc: 'Share of the traffic that the busiest key takes.',
    brokers: keyed,
    source: sources.kinesisHot,
  }),
} as const;
