import type { Graph } from '../../design/graph.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';

export const correlationId = defineRule({
  id: 'monitoring/correlation-id',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'auto',
    title: 'An order can be followed through all services',
    docs: {
      what: 'Every message carries a correlation id: in its envelope, in the AMQP property on RabbitMQ, or in a header of its own that `attributes` names. A service that both consumes and publishes passes it on, which `tracing: false` switches off. A missing `envelope` or `tracing` passes: generated producers write the id, and generated handlers publish in the context of their message.',
      why: 'An order passes through five services and is lost in the fourth. Without an id that all of them log, finding out where takes a day of comparing times; with one it takes a search.',
    },
    sources: [
      'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
      'https://www.enterpriseintegrationpatterns.com/patterns/messaging/CorrelationIdentifier.html',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'Message {message} carries no correlation id (envelope: none).',
      consequence: 'What it belongs to cannot be followed from one service to the next.',
    },
    'not-passed-on': {
      message:
        'Service {service} consumes and publishes, but does not pass the correlation id on (tracing: false).',
      consequence: 'The trail of an order ends there; what follows looks like the beginning of another.',
    },
  },
  needs: [],
  each: {
    messages({ graph, report, passByDefault }, { id, value: { envelope, attributes = [] } }) {
      const at = `messages/${id}` as const;
      if (envelope === undefined) passByDefault({ at, attribute: 'messages.envelope' });
      if (
        envelope !== 'none' ||
        attributes.some((name) => /correlation/i.test(name)) ||
        isAmqpOnly(graph, id)
      )
        return;
      const patch: Patch = { op: 'set', path: ['messages', id, 'envelope'], value: 'domain-event' };
      const fix = { label: 'Write the headers of the domain-event envelope', patches: () => [patch] };
      report({ at, field: 'envelope', messageId: 'missing', data: { message: id }, fix });
    },
    services({ graph, report, passByDefault }, { id, value: { tracing } }) {
      if (tracing === true || !isInBetween(graph, id)) return;
      const at = `services/${id}` as const;
      if (tracing === undefined) {
        passByDefault({ at, attribute: 'services.tracing' });
        return;
      }
      const patch: Patch = { op: 'set', path: ['services', id, 'tracing'], value: true };
      const fix = { label: 'Pass the correlation id on', patches: () => [patch] };
      report({ at, field: 'tracing', messageId: 'not-passed-on', data: { service: id }, fix });
    },
  },
});

/** Whether a message travels over RabbitMQ alone, where the AMQP property carries the id without an envelope. */
const isAmqpOnly = question((graph: Graph, message: string): boolean => {
  const { producers, consumers } = graph.design;
  const channels = [...producers.values(), ...consumers.values()].flatMap(({ messages, channel }) =>
    messages?.includes(message) ? [graph.channel(channel)] : [],
  );
  return (
    channels.length > 0 && channels.every((channel) => channel && graph.brokerKindOf(channel) === 'rabbitmq')
  );
});

/** Whether a service both consumes and publishes. */
const isInBetween = question((graph: Graph, service: string): boolean =>
  servicesInBetween(graph).has(service),
);

const known = new WeakMap<Graph, ReadonlySet<string>>();

function servicesInBetween(graph: Graph): ReadonlySet<string> {
  const found = known.get(graph);
  if (found) return found;
  const { producers, consumers } = graph.design;
  const consuming = new Set([...consumers].map(([id, value]) => graph.serviceOf({ id, value })));
  const both = new Set(
    [...producers].map(([id, value]) => graph.serviceOf({ id, value })).filter((id) => consuming.has(id)),
  );
  known.set(graph, both);
  return both;
}
