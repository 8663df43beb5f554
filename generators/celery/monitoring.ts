import type { BrokerMonitoring } from '../observability/monitoring.ts';
import { increase, series } from '../observability/promql.ts';
import type { CeleryPlan } from './plan.ts';

/** Celery is watched through its workers, which look at their queues. */
export function monitorCelery({ id, tasks }: CeleryPlan): BrokerMonitoring {
  const broker = id;
  // Each worker sees the whole queue.
  const backlog = (labels: Readonly<Record<string, string>>) =>
    `max by (service, consumer) (${series('messaging_backlog_messages', { broker, ...labels })})`;
  return {
    scrapes: [],
    backlog: (channel) => backlog({ channel }),
    deadLetters(channel) {
      const consumer = tasks
        .filter(({ deadLetter: { value } }) => 'queue' in value && value.queue === channel)
        .map((task) => task.id)
        .sort();
      return `sum(${increase(series('messaging_dead_letters_total', { broker, consumer }), '1h')})`;
    },
    timeToLoss: () => undefined,
    rules: [],
    panels: [
      {
        title: 'Tasks still to be handled',
        unit: 'short',
        queries: [{ expression: backlog({}), legend: '{{service}}.{{consumer}}' }],
      },
    ],
  };
}
