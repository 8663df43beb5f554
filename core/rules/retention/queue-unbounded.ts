import type { Channel } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { patternFault } from '../../regex/backtracking.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { addressOfChannel } from '../../review/support/channels.ts';
import { longestOutage } from '../../review/support/flows.ts';
import { arrivalRate } from '../../review/support/load.ts';
import type { Patch } from '../../text/patch.ts';
import { formatDuration } from '../../units.ts';

const SAFETY = 1.5;

export const queueUnbounded = defineRule({
  id: 'retention/queue-unbounded',
  meta: {
    severity: 'warn',
    brokers: ['rabbitmq'],
    fix: 'suggest',
    title: 'Queues and streams of RabbitMQ have a bound',
    docs: {
      what: 'A RabbitMQ queue that carries work needs a bound: `maxLength`, `maxLengthBytes` or `messageTtl`; a RabbitMQ stream needs `retention` or `retentionBytes`. An optional argument or a policy of the broker that sets one counts. Dead-letter, retry and parking queues are left out: what failed must not be dropped to make room. The fix proposes what arrives in the longest outage of a consumer, and half as much again.',
      why: 'A queue whose consumer is gone grows until the disk alarm stops every publisher on the broker. With a bound and `overflow: reject-publish`, the default of generated queues, one flow is slowed down and the others go on.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/maxlength',
      'https://www.rabbitmq.com/docs/quorum-queues',
      'https://www.rabbitmq.com/docs/streams#retention',
    ],
  },
  options: noOptions,
  messages: {
    queue: {
      message: 'Queue {channel} has no bound (maxLength, maxLengthBytes or messageTtl).',
      consequence:
        'Without its consumer it grows until the disk alarm of RabbitMQ stops every publisher on the broker.',
    },
    stream: {
      message: 'Stream {channel} keeps records without a bound (retention or retentionBytes).',
      consequence: 'It grows until the disk alarm of RabbitMQ stops every publisher on the broker.',
    },
  },
  needs: [],
  each: {
    workChannels({ graph, report }, channel) {
      const at = addressOfChannel(channel);
      if (graph.brokerKindOf(channel) !== 'rabbitmq' || graph.origins.has(at)) return;
      if (isBound(graph, channel)) return;
      if (channel.section === 'queues') {
        const fix = boundFor(graph, channel);
        report({ at, field: 'maxLength', messageId: 'queue', data: { channel: channel.id }, fix });
      } else if (channel.section === 'streams') {
        report({ at, field: 'retention', messageId: 'stream', data: { channel: channel.id } });
      }
    },
  },
});

function isBound(graph: Graph, channel: Channel): boolean {
  if (channel.section === 'streams') {
    const { retention, retentionBytes } = channel.value;
    return (
      retention !== undefined ||
      retentionBytes !== undefined ||
      hasPolicy(graph, channel, 'max-age', 'max-length-bytes')
    );
  }
  if (channel.section !== 'queues') return true;
  const { maxLength, maxLengthBytes, messageTtl, arguments: given = {} } = channel.value;
  return (
    maxLength !== undefined ||
    maxLengthBytes !== undefined ||
    messageTtl !== undefined ||
    ['x-max-length', 'x-max-length-bytes', 'x-message-ttl'].some((name) => name in given) ||
    hasPolicy(graph, channel, 'max-length', 'max-length-bytes', 'message-ttl')
  );
}

/** Whether a policy of the broker sets one of the keys for a channel. A pattern that cannot be read matches nothing. */
function hasPolicy(graph: Graph, channel: Channel, ...keys: readonly string[]): boolean {
  const { policies = [] } = graph.brokerOf(channel) ?? {};
  return policies.some(
    ({ pattern, definition = {} }) =>
      keys.some((key) => key in definition) && matches(pattern, channel.value.name ?? channel.id),
  );
}

const matches = (pattern: string, name: string): boolean =>
  patternFault(pattern) === undefined && new RegExp(pattern, 'u').test(name);

/** What arrives at the peak while the consumer is away, and half as much again; without a rate a person must say. */
function boundFor(graph: Graph, channel: Channel) {
  const rate = arrivalRate(graph, channel.id);
  const consumers = graph.consumersOf(channel.id);
  if (rate === undefined || consumers.length === 0) return undefined;
  const outage = Math.max(...consumers.map((consumer) => longestOutage(graph, consumer)));
  const value = Math.max(1, Math.ceil((rate * outage * SAFETY) / 1000));
  const patch: Patch = { op: 'set', path: [channel.section, channel.id, 'maxLength'], value };
  return {
    label: `Hold at most ${value} messages: ${rate}/s for ${formatDuration(outage)} × ${SAFETY}`,
    patches: () => [patch],
  };
}
