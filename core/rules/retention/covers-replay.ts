import type { Channel, Flow } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule } from '../../review/rule.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import { channelsAtEnd, producersAtStart } from '../../review/support/flows.ts';
import { atLeast, longestRetention, retentionOf } from '../../review/support/retention.ts';
import type { Patch } from '../../text/patch.ts';
import { parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const standard = { margin: 1.1 };

export const coversReplay = defineRule({
  id: 'retention/covers-replay',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Logs reach back as far as their flows replay',
    docs: {
      what: 'The log of a flow must keep records for its `replayHorizon` with a margin (see the options); a missing retention counts as the broker default, and a Redis stream of `maxLen` entries reaches back as far as its producers take to fill it. Kinesis keeps at most 365 days, SQS 14 days and never for a second reader. A flow that needs a replay, or subscribers that join later, and does not say how far back leaves the answer unknown.',
      why: 'The analysis that is added in half a year reads from the beginning of the log, and finds the last seven days. The events before that existed, were paid for, and are gone.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
      'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      margin: z
        .number()
        .min(1)
        .default(standard.margin)
        .describe('Factor by which the retention must exceed the horizon.'),
    }),
  messages: {
    short: {
      message: 'Flow {flow} replays the last {horizon}, but {channel} keeps records for {retention}.',
      consequence: 'Records before that are deleted; a replay silently begins in the middle of the history.',
    },
    'short-by-default': {
      message:
        'Flow {flow} replays the last {horizon}, but {channel} states no retention and keeps records for {retention}.',
      consequence: 'Records before that are deleted; a replay silently begins in the middle of the history.',
    },
    beyond: {
      message:
        'Flow {flow} replays the last {horizon}, and {channel} cannot keep messages for longer than {retention}.',
      consequence: 'Older messages exist nowhere, unless something archives them.',
    },
  },
  needs: ['flows.replayHorizon', 'producers.rate'],
  each: {
    flows({ graph, options, report, unknown }, flow) {
      const { id, value } = flow;
      const horizon = parseDuration(value.replayHorizon ?? '');
      if (horizon === undefined) {
        const { replay, lateSubscribers, eventSourcing } = value.needs ?? {};
        if (replay || lateSubscribers || eventSourcing)
          unknown({ at: `flows/${id}`, attribute: 'flows.replayHorizon' });
        return;
      }
      for (const channel of logsOf(graph, flow)) {
        const kept = retentionOf(graph, channel);
        const data = { flow: id, horizon: value.replayHorizon ?? '', channel: nameOfChannel(channel) };
        const at = addressOfChannel(channel);
        const limit = limitOf(graph, channel);
        const longest = parseDuration(limit ?? '') ?? Number.POSITIVE_INFINITY;
        const needed = Math.min(Math.round(horizon * options.margin), longest);
        if (horizon > longest) {
          report({ at, field: 'retention', messageId: 'beyond', data: { ...data, retention: limit ?? '' } });
        } else if (kept && kept.ms === undefined) {
          for (const producer of graph.sendersTo(channel.id))
            if (producer.value.rate?.peak === undefined)
              unknown({ at: `producers/${producer.id}`, attribute: 'producers.rate' });
        } else if (kept?.ms !== undefined && kept.ms < needed) {
          report({
            at,
            field: kept.field,
            messageId: kept.isDefault ? 'short-by-default' : 'short',
            data: { ...data, retention: kept.text },
            fix: kept.field === 'retention' ? keepFor(channel, needed) : undefined,
          });
        }
      }
    },
  },
});

/** Channels that a replay would read: the logs of the flow, and the SQS queues at its end, which cannot be replayed. */
function logsOf(graph: Graph, { value }: Named<Flow>): readonly Channel[] {
  const entered = producersAtStart(graph, value).flatMap(
    ({ value: { channel } }) => graph.channel(channel) ?? [],
  );
  const logs = new Map([...channelsAtEnd(graph, value), ...entered].map((channel) => [channel.id, channel]));
  const streams = [...logs.values()].filter(({ section }) => section === 'streams');
  return streams.length > 0
    ? streams
    : [...logs.values()].filter((channel) => graph.brokerKindOf(channel) === 'sqs');
}

const limitOf = (graph: Graph, channel: Channel): string | undefined => {
  const broker = graph.brokerKindOf(channel);
  return broker === 'kinesis' || broker === 'sqs' ? longestRetention[broker] : undefined;
};

function keepFor({ section, id }: Channel, needed: number) {
  const value = atLeast(needed);
  const patch: Patch = { op: 'set', path: [section, id, 'retention'], value };
  return { label: `Keep records for ${value}`, patches: () => [patch] };
}
