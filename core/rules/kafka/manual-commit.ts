import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { consumerOn } from '../../review/support/endpoints.ts';

export const manualCommit = defineRule({
  id: 'kafka/manual-commit',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'Offsets are committed after the effect',
    docs: {
      what: 'A consumer of a Kafka stream that changes something (`sideEffects`) must not have `autoCommit: true`. Where `autoCommit` is on and `sideEffects` is missing, the answer is unknown. A missing `autoCommit` passes, since the generated consumer commits what has been processed, a batch at a time; the default of the Kafka client is to commit by a timer.',
      why: 'The timer commits what was fetched, not what was processed. A process that dies in between comes back behind its own work: the records are skipped, the lag reads zero and no alert fires.',
    },
    sources: [sources.kafkaConsumer],
  },
  options: noOptions,
  messages: {
    timer: {
      message: 'Consumer {consumer} lets a timer commit offsets of {stream} while it changes {effects}.',
      consequence: 'Records that were fetched and not yet processed are skipped after a crash.',
    },
  },
  needs: ['consumers.sideEffects'],
  each: {
    consumers({ graph, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'kafka', consumer);
      if (!endpoint) return;
      const { id, value, at } = endpoint;
      const { autoCommit, sideEffects } = value;
      if (autoCommit === undefined) passByDefault({ at, attribute: 'consumers.autoCommit' });
      if (!autoCommit) return;
      if (sideEffects === undefined) unknown({ at, attribute: 'consumers.sideEffects' });
      if (!sideEffects?.length) return;
      report({
        at,
        field: 'autoCommit',
        messageId: 'timer',
        data: { consumer: id, stream: value.channel ?? '', effects: listed(sideEffects) },
        fix: {
          label: 'Commit after the handler',
          patches: () => [{ op: 'set', path: ['consumers', id, 'autoCommit'], value: false }],
        },
      });
    },
  },
});
