import type { ElementAddress, Exchange, Queue } from '../../design/design.ts';
import { sources } from '../../kinds/sources.ts';
import { isLossTolerant } from '../../review/criticality.ts';
import { pathOf } from '../../review/place.ts';
import { defineRule, noOptions, type RuleContext } from '../../review/rule.ts';
import { type Drawn, drawnOn, producerOn } from '../../review/support/endpoints.ts';

const messages = {
  exchange: {
    message: 'Exchange {id} is not durable.',
    consequence:
      'A restart of the broker deletes it and its bindings; what is published then is refused or lost.',
  },
  queue: {
    message: 'Queue {id} is not durable.',
    consequence: 'A restart of the broker deletes it with every message in it.',
  },
  producer: {
    message: 'Producer {id} publishes transient messages to {channel}.',
    consequence: 'They are lost when the broker restarts, durable queues or not.',
  },
} as const;

type Context = RuleContext<unknown, typeof messages, never>;

export const durableAndPersistent = defineRule({
  id: 'rabbitmq/durable-and-persistent',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'Messages outlive a restart of RabbitMQ',
    docs: {
      what: 'Exchanges and queues must be durable, and producers must publish persistent messages, unless losing messages is accepted (`criticality: lossTolerant`). All three are needed. Missing attributes pass, since the generated set-up is durable and persistent. Exclusive queues, which end with their connection, are left out; from 4.3 RabbitMQ refuses other transient queues by default.',
      why: 'A restart deletes a transient exchange or queue with everything in it, and drops transient messages from a durable classic queue. Producers that come back first then publish into nothing, confirmed. A dead letter keeps the delivery mode of the message, so it is lost as easily.',
    },
    sources: [
      sources.rabbitQueues,
      sources.rabbitConfirms,
      'https://raw.githubusercontent.com/rabbitmq/rabbitmq-server/main/release-notes/4.3.0.md',
    ],
  },
  options: noOptions,
  messages,
  needs: [],
  each: {
    exchanges(context, exchange) {
      const drawn = drawnOn(context.graph, 'rabbitmq', 'exchanges', exchange);
      if (drawn) judge(context, 'exchange', drawn);
    },
    drawnQueues(context, queue) {
      const drawn = drawnOn(context.graph, 'rabbitmq', 'queues', queue);
      if (drawn && drawn.value.exclusive !== true) judge(context, 'queue', drawn);
    },
    producers({ graph, report, passByDefault }, producer) {
      const endpoint = producerOn(graph, 'rabbitmq', producer);
      if (!endpoint) return;
      const { at, id, value, channel } = endpoint;
      if (value.persistent === undefined) passByDefault({ at, attribute: 'producers.persistent' });
      if (value.persistent !== false || isLossTolerant(graph, at)) return;
      const data = { id, channel: channel.id };
      report({ at, field: 'persistent', messageId: 'producer', data, fix: fixOf(at, 'persistent') });
    },
  },
});

/** An exchange or queue, which the broker keeps over a restart or not. */
function judge(
  { graph, report, passByDefault }: Context,
  messageId: 'exchange' | 'queue',
  { at, id, value }: Drawn<Exchange | Queue>,
): void {
  if (value.durable === undefined) passByDefault({ at, attribute: `${messageId}s.durable` });
  if (value.durable !== false || isLossTolerant(graph, at)) return;
  report({ at, field: 'durable', messageId, data: { id }, fix: fixOf(at, 'durable') });
}

const fixOf = (at: ElementAddress, field: 'durable' | 'persistent') => ({
  label: field === 'durable' ? 'Make it durable' : 'Publish persistent messages',
  patches: () => [{ op: 'set' as const, path: [...pathOf(at), field], value: true }],
});
