import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { environmentOf } from '../../review/support/versions.ts';

export const minInsyncReplicas = defineRule({
  id: 'kafka/min-insync-replicas',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'A confirmed record is on two brokers',
    docs: {
      what: 'In production `minInsync` of a stream that is written with `acks: all` must be at least 2, and everywhere it must be below `replication`. A missing `minInsync` passes, since the generated topic has 2 with three copies; the default of Kafka is 1.',
      why: '`acks: all` waits for the copies that are in sync, and that may be the leader alone. A record that was confirmed in such a minute is gone when the leader fails. At the other end, where every copy must confirm, one broker in maintenance stops all writes.',
    },
    sources: [sources.kafkaTopic, sources.kafkaServer],
  },
  options: noOptions,
  messages: {
    'leader-alone': {
      message: 'Stream {stream} confirms a record that {minInsync} of its {replication} copies has.',
      consequence: 'Records that were confirmed while the other copies lagged are lost with the leader.',
    },
    'all-copies': {
      message: 'Stream {stream} needs all {minInsync} of its {replication} copies to confirm a record.',
      consequence: 'Every write fails while a single broker is down or restarts.',
    },
  },
  needs: [],
  each: {
    streams({ graph, design, report, passByDefault }, stream) {
      const drawn = drawnOn(graph, 'kafka', 'streams', stream);
      if (!drawn) return;
      const { id, value, at } = drawn;
      const isProduction = environmentOf(design) === 'prod';
      const standardReplication = environmentOf(design) === 'local' ? 1 : 3;
      const { minInsync, replication = standardReplication } = value;
      if (minInsync === undefined) {
        passByDefault({ at, attribute: 'streams.minInsync' });
        return;
      }
      const data = { stream: id, minInsync, replication };
      const fix = replication >= 3 && {
        fix: {
          label: 'Let two copies confirm',
          patches: () => [{ op: 'set' as const, path: ['streams', id, 'minInsync'], value: 2 }],
        },
      };
      if (minInsync >= replication && minInsync > 1)
        report({ at, field: 'minInsync', messageId: 'all-copies', data, ...fix });
      else if (isProduction && minInsync < 2 && replication > 1 && confirmsAll(graph, id))
        report({ at, field: 'minInsync', messageId: 'leader-alone', data, ...fix });
    },
  },
});

/** Whether somebody relies on the confirms, which is the default; a stream that nobody writes here is written elsewhere. */
function confirmsAll(graph: Graph, stream: string): boolean {
  const producers = graph.producersOf(stream);
  return producers.length === 0 || producers.some(({ value }) => (value.acks ?? 'all') === 'all');
}
