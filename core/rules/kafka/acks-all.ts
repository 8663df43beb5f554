import { sources } from '../../kinds/sources.ts';
import { isLossTolerant } from '../../review/criticality.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { producerOn } from '../../review/support/endpoints.ts';

export const acksAll = defineRule({
  id: 'kafka/acks-all',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'Kafka producers wait for every copy in sync',
    docs: {
      what: 'A producer on Kafka must use `acks: all`, unless losing its messages is accepted: `criticality: lossTolerant` on the stream or on every flow of the producer. A missing `acks` passes, since the generated producer waits for all.',
      why: 'With `acks: 1` the leader confirms before anybody has a copy, with `acks: 0` nobody confirms at all. The election of a new leader, which every rolling restart causes, then loses records that the producer reported as sent.',
    },
    sources: [sources.kafkaProducer],
  },
  options: noOptions,
  messages: {
    leader: {
      message:
        'Producer {producer} takes a record for sent as soon as the leader of {stream} has it (acks: 1).',
      consequence: 'Records that no copy had yet are lost when the leader fails, and nobody is told.',
    },
    none: {
      message: 'Producer {producer} takes a record for {stream} for sent before any broker has it (acks: 0).',
      consequence: 'Whatever a broker or a connection loses on the way is lost, and nobody is told.',
    },
  },
  needs: [],
  each: {
    producers({ graph, report, passByDefault }, producer) {
      const endpoint = producerOn(graph, 'kafka', producer);
      if (!endpoint) return;
      const { id, value, at } = endpoint;
      if (value.acks === undefined) passByDefault({ at, attribute: 'producers.acks' });
      if (value.acks === undefined || value.acks === 'all' || isLossTolerant(graph, at)) return;
      report({
        at,
        field: 'acks',
        messageId: value.acks === '1' ? 'leader' : 'none',
        data: { producer: id, stream: value.channel ?? '' },
        fix: {
          label: 'Wait for all copies in sync',
          patches: () => [{ op: 'set', path: ['producers', id, 'acks'], value: 'all' }],
        },
      });
    },
  },
});
