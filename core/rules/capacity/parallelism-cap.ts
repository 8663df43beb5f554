import { defineRule, noOptions } from '../../review/rule.ts';
import { grouped, groupOf, instancesOf } from '../../review/support/instances.ts';
import { concurrencyOf, lanesOf, partitionsOf } from '../../review/support/load.ts';
import type { Patch } from '../../text/patch.ts';

export const parallelismCap = defineRule({
  id: 'capacity/parallelism-cap',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'kinesis'],
    fix: 'suggest',
    title: 'A group has no more members than partitions',
    docs: {
      what: 'In a consumer group of Kafka or Kinesis each partition has one reader, so instances beyond the number of partitions (6 where the design does not say) stand idle: that is an error. Where the design states `concurrencyPerPartition` and instances × concurrency exceeds partitions × that, some handlers of each instance stand idle: that is a warning. Share groups and on-demand streams have no such limit.',
      why: 'The load rises, somebody doubles the replicas, and nothing gets faster. More partitions are the remedy, and they move keys to other partitions: a step that is cheap before the first record and risky afterwards.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#intro_consumers',
      'https://bitrock.it/blog/queues-for-kafka-kip-932-the-bridge-between-event-streaming-and-queuing.html',
      'https://docs.cloudera.com/ccp/2.0.0/tuning-topologies/topics/ccp-enrichment_kafka_tuning.html',
    ],
  },
  options: noOptions,
  messages: {
    'idle-members': {
      message: 'Group {group} has up to {members} members, and stream {stream} {partitions} partitions.',
      consequence: 'Instances beyond the partitions stand idle: scaling out further does nothing.',
    },
    'idle-handlers': {
      message:
        'Group {group} has up to {members} members with {handlers} handlers in all, and stream {stream} gives them {lanes} records at once.',
      consequence: 'Handlers beyond that stand idle; the capacity that the design counts on is not there.',
    },
  },
  needs: [],
  each: {
    workChannels({ graph, report }, channel) {
      const broker = graph.brokerKindOf(channel);
      const partitions = partitionsOf(graph, channel);
      if (partitions === undefined || (broker !== 'kafka' && broker !== 'kinesis')) return;
      const groups = grouped(graph.consumersOf(channel.id), (consumer) => groupOf(graph, consumer));
      for (const [group, consumers] of groups) {
        const lanes = lanesOf(graph, channel, consumers);
        if (lanes === undefined) continue;
        const members = consumers.reduce((sum, consumer) => sum + instancesOf(graph, consumer), 0);
        const handlers = consumers.reduce(
          (sum, consumer) => sum + instancesOf(graph, consumer) * concurrencyOf(consumer),
          0,
        );
        const data = { group, members, handlers, stream: channel.id, partitions, lanes };
        const at = { at: `streams/${channel.id}`, field: 'partitions' } as const;
        const fix = (count: number) => ({
          label: `Make ${count} partitions`,
          patches: (): readonly Patch[] => [
            { op: 'set', path: ['streams', channel.id, 'partitions'], value: count },
          ],
        });
        const needed = Math.ceil((handlers * partitions) / lanes);
        if (members > partitions)
          report({ ...at, messageId: 'idle-members', data, fix: fix(Math.max(members, needed)) });
        else if (handlers > lanes)
          report({ ...at, messageId: 'idle-handlers', data, fix: fix(needed), severity: 'warn' });
      }
    },
  },
});
