import type { Flow } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { channelsAtEnd, consumersAtEnd, producersAtStart } from '../../review/support/flows.ts';

export const channelContradictsPattern = defineRule({
  id: 'pattern/channel-contradicts-pattern',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Channels do what the pattern of their flow says',
    docs: {
      what: 'A flow with `pattern: queue` must not hand the same message to several services; one with `pattern: topic` must not let several services share one queue; one with `pattern: stream` must not end at a queue, which forgets what has been acknowledged. The fix states the pattern that is drawn; where the stated one is meant, the topology has to change.',
      why: 'The drawing and the intent then disagree, and one of them runs in production: work is done twice by two services, or each of two services sees half of the events, or the history that an auditor asks for is gone.',
    },
    sources: [
      'https://www.rabbitmq.com/tutorials/tutorial-two-javascript',
      'https://www.rabbitmq.com/tutorials/tutorial-three-javascript',
      'https://www.rabbitmq.com/docs/streams#use-cases',
    ],
  },
  options: noOptions,
  messages: {
    copies: {
      message:
        'Flow {flow} hands out work (pattern: queue), but {producer} reaches {count} services: {services}.',
      consequence: 'Every one of these services does every task.',
    },
    shared: {
      message: 'Flow {flow} copies to each service (pattern: topic), but {services} share queue {queue}.',
      consequence: 'Each of these services receives only some of the messages.',
    },
    destructive: {
      message: 'Flow {flow} is a history (pattern: stream), but ends at queue {queue}.',
      consequence: 'A message is gone once it has been acknowledged; nothing can be read again.',
    },
  },
  needs: [],
  each: {
    flows({ graph, report }, { id, value: flow }) {
      const at = { at: `flows/${id}`, field: 'pattern' } as const;
      if (flow.pattern === 'queue') {
        for (const { producer, services } of copies(graph, flow)) {
          const data = { flow: id, producer, count: services.length, services: listed(services) };
          report({ ...at, messageId: 'copies', data, fix: restate(id, 'topic') });
        }
      }
      for (const channel of channelsAtEnd(graph, flow)) {
        if (channel.section !== 'queues') continue;
        const services = servicesOn(graph, flow, channel.id);
        if (flow.pattern === 'topic' && services.length > 1) {
          const data = { flow: id, queue: channel.id, services: listed(services) };
          report({ ...at, messageId: 'shared', data, fix: restate(id, 'queue') });
        } else if (flow.pattern === 'stream') {
          const pattern = channelsAtEnd(graph, flow).length > 1 ? 'topic' : 'queue';
          const data = { flow: id, queue: channel.id };
          report({ ...at, messageId: 'destructive', data, fix: restate(id, pattern) });
        }
      }
    },
  },
});

/** Services at the end of a flow that consume one of its channels. */
const servicesOn = (graph: Graph, flow: Flow, channel: string): readonly string[] => [
  ...new Set(
    consumersAtEnd(graph, flow)
      .filter(({ value }) => value.channel === channel)
      .map((consumer) => graph.serviceOf(consumer)),
  ),
];

/** Producers one message of which reaches several services of the flow. Services on one queue share a single copy. */
function copies(graph: Graph, flow: Flow): { producer: string; services: readonly string[] }[] {
  const readers = consumersAtEnd(graph, flow);
  return producersAtStart(graph, flow).flatMap((producer) => {
    const worst = graph
      .emissionsOf(producer)
      .map((emission) => {
        const received = graph.receivers(producer.value.channel ?? '', emission);
        const copied = readers.filter(({ value }) => received.has(value.channel ?? ''));
        const channels = new Map<string, string>();
        for (const consumer of copied) {
          const isLog = graph.channel(consumer.value.channel)?.section === 'streams';
          const service = graph.serviceOf(consumer);
          channels.set(
            isLog ? `${consumer.value.channel} ${service}` : (consumer.value.channel ?? ''),
            service,
          );
        }
        return [...new Set(channels.values())];
      })
      .find((services) => services.length > 1);
    return worst ? [{ producer: producer.id, services: worst }] : [];
  });
}

const restate = (flow: string, pattern: string): FixProposal => ({
  label: `State the pattern as ${pattern}`,
  patches: () => [{ op: 'set', path: ['flows', flow, 'pattern'], value: pattern }],
});
