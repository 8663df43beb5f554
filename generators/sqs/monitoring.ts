import type { BrokerMonitoring } from '../observability/monitoring.ts';
import { increase, series } from '../observability/promql.ts';
import type { SqsPlan } from './plan.ts';

/** SQS is watched through its clients, which ask it how many messages wait. */
export function monitorSqs(plan: SqsPlan): BrokerMonitoring {
  const { id: broker, sqsConsumers } = plan;
  const backlog = (labels: Readonly<Record<string, string>>) =>
    `max by (channel) (${series('messaging_backlog_messages', { broker, ...labels })})`;
  return {
    scrapes: [],
    backlog: (channel) =>
      sqsConsumers.some(({ queue }) => queue === channel) ? backlog({ channel }) : undefined,
    deadLetters(channel) {
      const from = sqsConsumers.filter(
        ({ deadLetter: { value } }) => 'queue' in value && value.queue === channel,
      );
      const consumer = from.map(({ id }) => id).sort();
      return consumer.length === 0
        ? undefined
        : `sum(${increase(series('messaging_dead_letters_total', { broker, consumer }), '1h')})`;
    },
    timeToLoss: () => undefined,
    rules: [],
    panels: [
      {
        title: 'Messages that wait',
        unit: 'short',
        queries: [{ expression: backlog({}), legend: '{{channel}}' }],
      },
    ],
  };
}
