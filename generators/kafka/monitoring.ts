import type { BrokerMonitoring } from '../observability/monitoring.ts';
import { increase, series } from '../observability/promql.ts';
import type { KafkaPlan } from './plan.ts';

/** Kafka is watched through its clients, which know their lag; the brokers themselves need a JMX agent for more. */
export function monitorKafka({ id, topics, consumers }: KafkaPlan): BrokerMonitoring {
  const broker = id;
  const deadLetterTopic = (plan: { readonly deadLetter: { readonly value: object } }) =>
    'topic' in plan.deadLetter.value ? plan.deadLetter.value.topic : undefined;
  return {
    scrapes: [],
    // Each member of a group knows the partitions it holds.
    backlog: (channel) =>
      `sum by (service, consumer) (${series('messaging_backlog_messages', { broker, channel })})`,
    deadLetters(channel) {
      const from = [...consumers.values()].filter((plan) => deadLetterTopic(plan) === channel);
      const consumer = from.map((plan) => plan.id).sort();
      return `sum(${increase(series('messaging_dead_letters_total', { broker, consumer }), '1h')})`;
    },
    timeToLoss(channel) {
      const kept = Number(topics.find(({ name }) => name === channel)?.configs['retention.ms'] ?? -1);
      if (kept < 0) return undefined;
      const oldest = series('messaging_oldest_delivery_age_seconds', { broker, channel });
      return `${kept / 1_000} - max by (service, consumer) (${oldest})`;
    },
    rules: [],
    panels: [
      {
        title: 'Records still to be read',
        unit: 'short',
        queries: [
          {
            expression: `sum by (service, consumer) (${series('messaging_backlog_messages', { broker })})`,
            legend: '{{service}}.{{consumer}}',
          },
        ],
      },
    ],
  };
}
