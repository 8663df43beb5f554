import type { BrokerMonitoring } from '../observability/monitoring.ts';
import { increase, series } from '../observability/promql.ts';
import type { KinesisPlan } from './plan.ts';

/** Kinesis is watched through its consumers, which know how far they are behind the end of a stream. */
export function monitorKinesis({ id, streams, consumers }: KinesisPlan): BrokerMonitoring {
  const broker = id;
  const deadLetterStream = (plan: { readonly deadLetter: { readonly value: object } }) =>
    'topic' in plan.deadLetter.value ? plan.deadLetter.value.topic : undefined;
  const behind = (labels: Readonly<Record<string, string>>) =>
    `max by (service, consumer) (${series('messaging_backlog_oldest_age_seconds', { broker, ...labels })})`;
  return {
    scrapes: [],
    // What has been read and is not settled; beyond that Kinesis tells an age and no number.
    backlog: (channel) =>
      `sum by (service, consumer) (${series('messaging_backlog_messages', { broker, channel })})`,
    deadLetters(channel) {
      const from = [...consumers.values()].filter((plan) => deadLetterStream(plan) === channel);
      const consumer = from.map((plan) => plan.id).sort();
      return `sum(${increase(series('messaging_dead_letters_total', { broker, consumer }), '1h')})`;
    },
    timeToLoss(channel) {
      const hours = streams.find(({ name }) => name === channel)?.retentionHours;
      return hours === undefined ? undefined : `${hours * 3_600} - ${behind({ channel })}`;
    },
    rules: [],
    panels: [
      {
        title: 'Age of the oldest record that is not handled',
        unit: 's',
        queries: [{ expression: behind({}), legend: '{{service}}.{{consumer}}' }],
      },
    ],
  };
}
