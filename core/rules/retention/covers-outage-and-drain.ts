import type { Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule } from '../../review/rule.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import { longestOutage } from '../../review/support/flows.ts';
import { loadsAt } from '../../review/support/load.ts';
import { atLeast, longestRetention, retentionOf } from '../../review/support/retention.ts';
import type { Patch } from '../../text/patch.ts';
import { formatDuration, parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const standard = { safety: 2 };

export const coversOutageAndDrain = defineRule({
  id: 'retention/covers-outage-and-drain',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Messages outlive an outage and the backlog behind it',
    docs: {
      what: 'A consumed channel must keep messages for the longest outage that its flow allows (`maxConsumerOutage`, 4h by default, or `maxOutage` of the consumer) and the time to work the backlog off: outage ÷ (1 − utilisation), times a safety factor. A missing retention counts as the broker default. Where rate or processing time is missing and the outage alone does not decide, the answer is unknown.',
      why: 'A consumer that is busy to 80 % needs four times the outage to catch up. If the oldest messages expire before it reaches them, the outage that everybody believes to be over goes on losing orders.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
      'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      safety: z
        .number()
        .min(1)
        .default(standard.safety)
        .describe('Factor on the time from the first lost minute to the last one caught up.'),
    }),
  messages: {
    short: {
      message:
        'After {outage} without {consumer}, which is busy to {utilisation} %, messages must last {needed}; {channel} keeps them for {retention}.',
      consequence: 'The oldest messages expire before the consumer has caught up with them.',
    },
    'shorter-than-outage': {
      message:
        'An outage of {consumer} may last {outage}, so messages must last {needed}; {channel} keeps them for {retention}.',
      consequence: 'Messages expire while the consumer is away or catching up.',
    },
  },
  needs: ['producers.rate', 'consumers.processing'],
  each: {
    workChannels({ graph, options, report, unknown }, channel) {
      const kept = retentionOf(graph, channel);
      if (!kept) return;
      const at = addressOfChannel(channel);
      for (const load of loadsAt(graph, channel)) {
        const [consumer] = load.consumers;
        if (!consumer) continue;
        const outage = Math.max(...load.consumers.map((one) => longestOutage(graph, one)));
        const data = {
          outage: formatDuration(outage),
          consumer: consumer.id,
          channel: nameOfChannel(channel),
          retention: kept.text,
        };
        const { utilisation } = load;
        const fixTo = (needed: number) => {
          const broker = graph.brokerKindOf(channel);
          const longest =
            broker === 'kinesis' || broker === 'sqs' ? parseDuration(longestRetention[broker]) : undefined;
          if (kept.field === 'maxLen' || needed > (longest ?? Number.POSITIVE_INFINITY)) return undefined;
          const patch: Patch = {
            op: 'set',
            path: [channel.section, channel.id, kept.field],
            value: atLeast(needed),
          };
          return { label: `Keep messages for ${atLeast(needed)}`, patches: () => [patch] };
        };
        if (kept.ms === undefined || (utilisation === undefined && kept.ms >= outage * options.safety)) {
          askFor(graph, channel.id, load.consumers, unknown);
        } else if (utilisation === undefined) {
          const needed = outage * options.safety;
          report({
            at,
            field: kept.field,
            messageId: 'shorter-than-outage',
            data: { ...data, needed: atLeast(needed) },
            fix: fixTo(needed),
          });
        } else if (utilisation < 1) {
          const needed = (outage / (1 - utilisation)) * options.safety;
          if (kept.ms >= needed) continue;
          const share = Math.round(utilisation * 100);
          report({
            at,
            field: kept.field,
            messageId: 'short',
            data: { ...data, utilisation: share, needed: atLeast(needed) },
            fix: fixTo(needed),
          });
        }
      }
    },
  },
});

/** Asks for what would decide: rates of the producers, times of the handlers. */
function askFor(
  graph: Graph,
  channel: string,
  consumers: readonly Named<Consumer>[],
  unknown: (question: {
    at: `producers/${string}` | `consumers/${string}`;
    attribute: 'producers.rate' | 'consumers.processing';
  }) => void,
): void {
  for (const { id, value } of graph.sendersTo(channel))
    if (value.rate?.peak === undefined) unknown({ at: `producers/${id}`, attribute: 'producers.rate' });
  for (const { id, value } of consumers)
    if (value.processing?.p50 === undefined)
      unknown({ at: `consumers/${id}`, attribute: 'consumers.processing' });
}
