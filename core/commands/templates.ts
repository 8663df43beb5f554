import type { BrokerKind } from '../kinds/brokers.ts';
import type { Section } from '../kinds/registry.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * What a new element says from the start, so that the review objects to little that nobody has decided: a bound and a way
 * out for poison messages, a contract, a guard against duplicates. It is written into the file, where the author
 * sees and changes it. Numbers that only the author knows, such as rates and times, are left out.
 * @param value What the author has said already; it is never overruled.
 */
export function templateOf(section: Section, broker: BrokerKind | undefined, value: Values): Values {
  return { ...standard[section]?.(broker, value), ...value };
}

type Template = (broker: BrokerKind | undefined, value: Values) => Values;

const standard: Readonly<Partial<Record<Section, Template>>> = {
  messages: () => ({
    version: 1,
    schema: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', minLength: 1 } },
    },
    aggregateIdPath: '/id',
    size: { avg: '1KiB', max: '16KiB' },
  }),
  exchanges: () => ({ type: 'topic' }),
  queues: (broker, { role }) => {
    if (role !== undefined && role !== 'work') return {};
    const safe = { retry: 'standard', deadLetter: true };
    if (broker === 'rabbitmq') return { maxLength: 100_000, overflow: 'reject-publish', ...safe };
    return broker === 'sqs' ? { retention: '4d', ...safe } : safe;
  },
  streams: (broker) => (broker === 'kafka' ? { retention: '7d' } : {}),
  consumers: () => ({ idempotency: 'standard' }),
};
