import type { BrokerMonitoring } from '../observability/monitoring.ts';
import { increase, series } from '../observability/promql.ts';
import type { RedisPlan } from './plan.ts';

/** Redis is watched through its clients, which ask it for the backlog of their groups. */
export function monitorRedis({ id, redisConsumers }: RedisPlan): BrokerMonitoring {
  const broker = id;
  // Each member sees the whole group.
  const backlog = (labels: Readonly<Record<string, string>>) =>
    `max by (service, consumer) (${series('messaging_backlog_messages', { broker, ...labels })})`;
  return {
    scrapes: [],
    backlog: (channel) => backlog({ channel }),
    deadLetters(channel) {
      const from = redisConsumers.filter(({ group }) => group.backstop.deadLetter === channel);
      const consumer = from.map(({ plan }) => plan.id).sort();
      return `sum(${increase(series('messaging_dead_letters_total', { broker, consumer }), '1h')})`;
    },
    // Trimming leaves what a group has still to read.
    timeToLoss: () => undefined,
    rules: [],
    panels: [
      {
        title: 'Entries still to be handled',
        unit: 'short',
        queries: [{ expression: backlog({}), legend: '{{service}}.{{consumer}}' }],
      },
    ],
  };
}
