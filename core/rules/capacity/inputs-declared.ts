import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';

export const inputsDeclared = defineRule({
  id: 'capacity/inputs-declared',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'none',
    title: 'The load is stated',
    docs: {
      what: 'Every producer states its `rate` (`avg` and `peak`), every message its `size` (`avg` and `max`), every consumer its `processing` time (`p50` and `p99`). A measured figure is best; an estimate that somebody can be asked about is better than none. Instances and concurrency have defaults and are not asked for.',
      why: 'Without them nothing about capacity can be judged: whether the workers keep up at the peak, how long a backlog takes to drain, whether a message fits. The answer then comes from production, at the peak.',
    },
    sources: [
      'https://sre.google/sre-book/handling-overload/',
      'https://www.rabbitmq.com/docs/production-checklist',
    ],
  },
  options: noOptions,
  messages: {
    producer: {
      message: 'Producer {name} does not state {missing}.',
      consequence: 'Whether its consumers and its broker bear the load cannot be judged.',
    },
    message: {
      message: 'Message {name} does not state {missing}.',
      consequence: 'Whether it fits through its brokers, and how much storage it takes, cannot be judged.',
    },
    consumer: {
      message: 'Consumer {name} does not state {missing}.',
      consequence: 'Whether it keeps up, and whether its broker waits long enough for it, cannot be judged.',
    },
  },
  needs: [],
  each: {
    producers({ report }, { id, value: { channel, rate } }) {
      const missing = missingOf('rate', rate, ['avg', 'peak']);
      if (channel === undefined || !missing) return;
      report({ at: `producers/${id}`, field: 'rate', messageId: 'producer', data: { name: id, missing } });
    },
    messages({ report }, { id, value: { size } }) {
      const missing = missingOf('size', size, ['avg', 'max']);
      if (missing)
        report({ at: `messages/${id}`, field: 'size', messageId: 'message', data: { name: id, missing } });
    },
    consumers({ report }, { id, value: { channel, processing } }) {
      const missing = missingOf('processing', processing, ['p50', 'p99']);
      if (channel === undefined || !missing) return;
      report({
        at: `consumers/${id}`,
        field: 'processing',
        messageId: 'consumer',
        data: { name: id, missing },
      });
    },
  },
});

/** The attributes that are not there, as a sentence lists them. */
function missingOf<K extends string>(
  attribute: string,
  value: Readonly<Partial<Record<K, unknown>>> | undefined,
  keys: readonly K[],
): string | undefined {
  const missing = keys.filter((key) => value?.[key] === undefined).map((key) => `${attribute}.${key}`);
  return missing.length > 0 ? listed(missing) : undefined;
}
