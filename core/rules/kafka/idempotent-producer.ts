import type { Producer } from '../../design/design.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { producerOn } from '../../review/support/endpoints.ts';
import type { Patch } from '../../text/patch.ts';

/** Above this the broker no longer recognises the order of what a producer has unanswered. */
const MAX_IN_FLIGHT = 5;

export const idempotentProducer = defineRule({
  id: 'kafka/idempotent-producer',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'Kafka producers retry without duplicates',
    docs: {
      what: 'A producer on Kafka must leave idempotence on, keep at most five requests unanswered and be allowed to retry. Missing attributes pass, since the generated producer does all three. Idempotence covers the retries of one producer session; what the application sends again, or a consumer reads again, still needs an idempotent consumer.',
      why: 'A timeout does not say whether the broker has the records. Without idempotence the retry writes them a second time, and behind records that were sent later. Without retries the first election of a leader loses them. The Java client switches idempotence off without a word where another setting conflicts with it.',
    },
    sources: [sources.kafkaProducer, sources.kafkaDesign],
  },
  options: noOptions,
  messages: {
    off: {
      message: 'Producer {producer} writes to {stream} without idempotence.',
      consequence: 'A retry after a timeout writes records twice, and out of order.',
    },
    'in-flight': {
      message:
        'Producer {producer} keeps up to {maxInFlight} requests to {stream} unanswered; idempotence allows 5.',
      consequence:
        'The client refuses to start or drops idempotence; a retry then reorders and repeats records.',
    },
    'no-retries': {
      message: 'Producer {producer} never retries a send to {stream} (retries: 0).',
      consequence: 'Every election of a leader fails the sends of that moment, and idempotence is off.',
    },
  },
  needs: [],
  each: {
    producers({ graph, report, passByDefault }, producer) {
      const endpoint = producerOn(graph, 'kafka', producer);
      if (!endpoint) return;
      const { id, value, at } = endpoint;
      const { idempotence, maxInFlight, retries } = value;
      const data = { producer: id, stream: value.channel ?? '' };
      if (idempotence === undefined) passByDefault({ at, attribute: 'producers.idempotence' });
      if (idempotence === false)
        report({ at, field: 'idempotence', messageId: 'off', data, fix: fixOf(id, 'idempotence', true) });
      if (maxInFlight !== undefined && maxInFlight > MAX_IN_FLIGHT)
        report({
          at,
          field: 'maxInFlight',
          messageId: 'in-flight',
          data: { ...data, maxInFlight },
          fix: fixOf(id, 'maxInFlight', MAX_IN_FLIGHT),
        });
      if (retries === 0)
        report({ at, field: 'retries', messageId: 'no-retries', data, fix: fixOf(id, 'retries', undefined) });
    },
  },
});

/** Sets an attribute, or leaves it to its default. */
function fixOf(id: string, field: keyof Producer, value: unknown) {
  const path = ['producers', id, field];
  const patch: Patch = value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
  return {
    label: value === undefined ? `Leave ${field} to the deadline of the send` : `Set ${field} to ${value}`,
    patches: () => [patch],
  };
}
