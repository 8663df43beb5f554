import { freshId } from '../../commands/names.ts';
import type { Exchange, Flow } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { channelsAtEnd, producersAtStart } from '../../review/support/flows.ts';
import type { Patch } from '../../text/patch.ts';
import { parseDuration } from '../../units.ts';

const NEEDS = {
  replay: 'a replay',
  audit: 'an audit trail',
  eventSourcing: 'event sourcing',
  cdc: 'change data capture',
  lateSubscribers: 'late subscribers',
} as const;

const DAY = 86_400_000;

export const historyNeedsStream = defineRule({
  id: 'pattern/history-needs-stream',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'A flow that needs its history keeps one',
    docs: {
      what: 'A flow that `needs` a replay, an audit trail, event sourcing, change data capture or late subscribers needs a retained log on its way: a Kafka topic, a Kinesis stream, a RabbitMQ stream or a Redis stream. A log beside the queues, bound to the same exchange, will do; the fix adds one on RabbitMQ.',
      why: 'A queue forgets a message when it is acknowledged. The day somebody needs the events of last month, for a new service, a repaired bug or an audit, they do not exist, and nothing can bring them back.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/streams#use-cases',
      'https://kafka.apache.org/documentation/#design_log',
      'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html',
    ],
  },
  options: noOptions,
  messages: {
    forgotten: {
      message:
        'Flow {flow} needs {needs}, but keeps messages in {channels} only, which forget what is acknowledged.',
      consequence: 'Past messages can be neither read again nor shown to a service that is added later.',
    },
  },
  needs: [],
  each: {
    flows({ graph, report }, { id, value: flow }) {
      const needs = Object.entries(NEEDS).flatMap(([need, name]) =>
        flow.needs?.[need as keyof typeof NEEDS] ? [name] : [],
      );
      const channels = channelsAtEnd(graph, flow);
      if (needs.length === 0 || channels.length === 0 || isKept(graph, flow)) return;
      report({
        at: `flows/${id}`,
        field: 'needs',
        messageId: 'forgotten',
        data: { flow: id, needs: listed(needs), channels: listed(channels.map((channel) => channel.id)) },
        fix: tap(graph, id, flow),
      });
    },
  },
});

/** Whether a log receives what the flow sends, at its end or beside it. */
function isKept(graph: Graph, flow: Flow): boolean {
  const isLog = (id: string): boolean => graph.channel(id)?.section === 'streams';
  if (channelsAtEnd(graph, flow).some(({ id }) => isLog(id))) return true;
  const emissions = producersAtStart(graph, flow).flatMap((producer) =>
    graph.emissionsOf(producer).map((emission) => graph.receivers(producer.value.channel ?? '', emission)),
  );
  return emissions.length > 0 && emissions.every((received) => [...received].some(isLog));
}

/** A RabbitMQ stream that is bound to the exchanges of the flow. */
function tap(graph: Graph, id: string, flow: Flow): FixProposal | undefined {
  const producers = producersAtStart(graph, flow);
  const exchanges = new Map<string, { exchange: Exchange; keys: Set<string> }>();
  for (const producer of producers) {
    const channel = graph.channel(producer.value.channel);
    if (channel?.section !== 'exchanges') return undefined;
    const keys = exchanges.get(channel.id)?.keys ?? new Set();
    for (const { routingKey } of graph.emissionsOf(producer)) keys.add(routingKey);
    exchanges.set(channel.id, { exchange: channel.value, keys });
  }
  const brokers = new Set([...exchanges.values()].map(({ exchange }) => exchange.broker));
  const bindable = [...exchanges.values()].every(
    ({ exchange }) => bindingKeys(exchange, new Set()) !== undefined,
  );
  const [broker] = brokers;
  if (broker === undefined || brokers.size > 1 || !bindable) return undefined;
  return {
    label: `Keep a history in stream ${id}.history`,
    patches: () => {
      const stream = freshId(graph.design, 'streams', `${id}.history`);
      const horizon = parseDuration(flow.replayHorizon ?? '') ?? 30 * DAY;
      const retention = `${Math.ceil((horizon * 1.1) / DAY)}d`;
      const bindings = [...exchanges].flatMap(([source, { exchange, keys }]) =>
        (bindingKeys(exchange, keys) ?? []).map((routingKey, index): Patch => {
          const name = freshId(
            graph.design,
            'bindings',
            `${stream}-${source}${index > 0 ? `-${index + 1}` : ''}`,
          );
          return {
            op: 'set',
            path: ['bindings', name],
            value: { source, destination: stream, ...(routingKey === '' ? {} : { routingKey }) },
          };
        }),
      );
      return [{ op: 'set', path: ['streams', stream], value: { broker, retention } }, ...bindings];
    },
  };
}

/** Keys under which everything from an exchange arrives; `undefined` where a binding cannot catch everything. */
function bindingKeys({ type = 'topic' }: Exchange, keys: ReadonlySet<string>): readonly string[] | undefined {
  if (type === 'topic') return ['#'];
  if (type === 'fanout') return [''];
  return type === 'direct' ? [...keys] : undefined;
}
