import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { environmentOf } from '../../review/support/versions.ts';

const COPIES = 3;

export const replicationFactor = defineRule({
  id: 'kafka/replication-factor',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'Partitions outlive the loss of a Kafka broker',
    docs: {
      what: 'In production a stream on Kafka needs three copies of each partition (`replication`), and nowhere more copies than its cluster has `nodes`. A missing `replication` passes, since the generated topic has three copies outside of a local design; the default of Kafka itself is one.',
      why: 'With one copy a failed disk is the end of its records. With two, maintenance of one broker leaves a single copy, and the next failure loses what was confirmed. A topic with more copies than brokers cannot be created at all.',
    },
    sources: [
      'https://github.com/apache/kafka/blob/1eb7644349cb07139d6a3c1ad1986979647cac99/server/src/main/java/org/apache/kafka/server/config/ReplicationConfigs.java',
      sources.kafkaTopic,
    ],
  },
  options: noOptions,
  messages: {
    'too-few': {
      message: 'Stream {stream} keeps {replication} of the 3 copies that production needs.',
      consequence: 'One broker that fails during the maintenance of another takes confirmed records with it.',
    },
    'more-than-nodes': {
      message: 'Stream {stream} asks for {replication} copies on the {nodes} nodes of {broker}.',
      consequence: 'Kafka refuses to create the topic.',
    },
  },
  needs: [],
  each: {
    streams({ graph, design, report, passByDefault }, stream) {
      const drawn = drawnOn(graph, 'kafka', 'streams', stream);
      if (!drawn) return;
      const { id, value, at, broker } = drawn;
      const isProduction = environmentOf(design) === 'prod';
      const { nodes } = broker;
      const { replication } = value;
      if (replication === undefined && (nodes === undefined || nodes >= COPIES || !isProduction)) {
        passByDefault({ at, attribute: 'streams.replication' });
        return;
      }
      const copies = replication ?? COPIES;
      if (nodes !== undefined && copies > nodes) {
        const data = { stream: id, replication: copies, nodes, broker: value.broker };
        report({ at, field: 'replication', messageId: 'more-than-nodes', data });
      } else if (isProduction && copies < COPIES) {
        report({
          at,
          field: 'replication',
          messageId: 'too-few',
          data: { stream: id, replication: copies },
          ...((nodes ?? COPIES) >= COPIES && {
            fix: {
              label: `Keep ${COPIES} copies`,
              patches: () => [{ op: 'set', path: ['streams', id, 'replication'], value: COPIES }],
            },
          }),
        });
      }
    },
  },
});
