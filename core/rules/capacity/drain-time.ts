import { defineRule, noOptions } from '../../review/rule.ts';
import { longestOutage, recoveryTarget } from '../../review/support/flows.ts';
import { loadsAt } from '../../review/support/load.ts';
import { scaleOut } from '../../review/support/scale.ts';
import { formatDuration } from '../../units.ts';

const MINUTE = 60_000;

export const drainTime = defineRule({
  id: 'capacity/drain-time',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'suggest',
    title: 'A backlog is worked off in time',
    docs: {
      what: 'After the longest outage that a flow allows (`maxConsumerOutage`, 4h by default) its consumers need outage × ρ ÷ (1 − ρ) to work the backlog off while new messages go on arriving, with ρ the utilisation at the peak. That must not take longer than `recoveryTarget`, 2h by default. The fix proposes the instances with which it does not. Without rate or processing time the answer is unknown.',
      why: 'A consumer that is busy to 80 % needs sixteen hours to recover from four. The outage is over, and yet every order is late for the rest of the day and the night.',
    },
    sources: [
      'https://www.rabbitmq.com/blog/2012/05/11/some-queuing-theory-throughput-latency-and-bandwidth/',
      'https://aws.amazon.com/builders-library/avoiding-insurmountable-queue-backlogs/',
    ],
  },
  options: noOptions,
  messages: {
    slow: {
      message:
        'After {outage} without {consumer} its backlog takes {drain} to work off at {utilisation} % load; the target is {target}.',
      consequence:
        'Messages stay late long after the outage is over, and the next one meets the same backlog.',
    },
  },
  needs: ['producers.rate', 'consumers.processing'],
  each: {
    workChannels({ graph, report, unknown }, channel) {
      for (const load of loadsAt(graph, channel)) {
        const { rate, service, utilisation } = load;
        const [consumer] = load.consumers;
        if (!consumer) continue;
        if (rate === undefined)
          for (const { id, value } of graph.sendersTo(channel.id))
            if (value.rate?.peak === undefined)
              unknown({ at: `producers/${id}`, attribute: 'producers.rate' });
        if (service === undefined)
          for (const { id, value } of load.consumers)
            if (value.processing?.p50 === undefined)
              unknown({ at: `consumers/${id}`, attribute: 'consumers.processing' });
        if (rate === undefined || service === undefined || utilisation === undefined || utilisation >= 1)
          continue;
        const outage = Math.max(...load.consumers.map((one) => longestOutage(graph, one)));
        const target = Math.min(...load.consumers.map((one) => recoveryTarget(graph, one)));
        const drain = (outage * utilisation) / (1 - utilisation);
        if (drain <= target) continue;
        const data = {
          outage: formatDuration(outage),
          consumer: consumer.id,
          drain: formatDuration(Math.ceil(drain / MINUTE) * MINUTE),
          utilisation: Math.round(utilisation * 100),
          target: formatDuration(target),
        };
        // outage × ρ ÷ (1 − ρ) = target
        const fix = scaleOut(graph, load, (rate * service * (target + outage)) / target);
        report({ at: `consumers/${consumer.id}`, messageId: 'slow', data, fix });
      }
    },
  },
});
