import type { Binding, ElementAddress } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { producerOn } from '../../review/support/endpoints.ts';
import {
  type ExchangeArrivals,
  exchangeArrivals,
  headersText,
} from '../../review/support/exchangeArrivals.ts';

/** Keys that a message lists before it says how many there are more. */
const SHOWN = 5;

export const bindingNeverMatches = defineRule({
  id: 'rabbitmq/binding-never-matches',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'none',
    title: 'Bindings and routing keys fit together',
    docs: {
      what: 'Every binding of a direct, topic or headers exchange must match something that enters the exchange: from producers, through other exchanges, as a dead letter or as what an alternate exchange takes over. Every routing key that a producer uses must reach a queue or stream, where the exchange has bindings and no alternate exchange. In a pattern `*` stands for exactly one word and `#` for any number. Where the design does not tell what enters, the answer is unknown.',
      why: 'A binding for `order.*` does not match `order.item.added`, and one for `orders.created` not `order.created`. The subscriber is deployed, healthy and idle; its messages are dropped or left in the alternate exchange, and nobody misses them before the end of the month.',
    },
    sources: [sources.rabbitExchanges, 'https://www.rabbitmq.com/tutorials/tutorial-five-javascript'],
  },
  options: noOptions,
  messages: {
    binding: {
      message:
        'Binding {binding} ({pattern}) from exchange {exchange} to {destination} matches nothing that enters the exchange ({keys}).',
      consequence: '{destination} receives nothing over this binding.',
    },
    key: {
      message:
        'Producer {producer} publishes {keys} to exchange {exchange}, and no binding takes it to a queue.',
      consequence: 'These messages are returned to the producer or dropped.',
    },
  },
  needs: ['producers.messages', 'producers.headers'],
  each: {
    bindings({ graph, design, report, unknown }, { id, value: binding }) {
      const exchange = design.exchanges.get(binding.source);
      const { type = 'topic' } = exchange ?? {};
      if (!exchange || !isSelective(type) || matchesAll(type, binding)) return;
      const at: ElementAddress = `bindings/${id}`;
      const arrived = arrivalsAt(graph, id, binding.source);
      if (arrived.isPassed) return;
      if (arrived.isOpen || arrived.entering === '') {
        unknown({ at, attribute: type === 'headers' ? 'producers.headers' : 'producers.messages' });
        return;
      }
      report({
        at,
        field: type === 'headers' ? 'headers' : 'routingKey',
        messageId: 'binding',
        data: {
          binding: id,
          pattern: type === 'headers' ? headersText(binding.headers ?? {}) : (binding.routingKey ?? ''),
          exchange: binding.source,
          destination: binding.destination,
          keys: arrived.entering,
        },
      });
    },
    producers({ graph, report }, producer) {
      const endpoint = producerOn(graph, 'rabbitmq', producer);
      if (endpoint?.channel.section !== 'exchanges') return;
      const { id, at, channel } = endpoint;
      const { type = 'topic', alternateExchange } = endpoint.channel.value;
      const bindings = graph.bindingsFrom(channel.id);
      if (!isSelective(type) || alternateExchange !== undefined || bindings.length === 0) return;
      const lost = graph.emissionsOf(producer).filter((sent) => graph.receivers(channel.id, sent).size === 0);
      if (lost.length === 0) return;
      if ([channel.id, ...bindings.map(({ value }) => value.destination)].some((name) => isOpen(graph, name)))
        return;
      const keys = shown([...new Set(lost.map(({ routingKey }) => routingKey))]);
      const data = { producer: id, exchange: channel.id, keys };
      report({ at, field: 'routingKeys', messageId: 'key', data });
    },
  },
});

const known = new WeakMap<Graph, ExchangeArrivals>();

function arrivalsOf(graph: Graph): ExchangeArrivals {
  const arrivals = known.get(graph) ?? exchangeArrivals(graph);
  known.set(graph, arrivals);
  return arrivals;
}

/** Whether something passes a binding, and what enters its exchange as a message shows it. */
const arrivalsAt = question((graph: Graph, binding: string, exchange: string) => {
  const { passed, open, keys } = arrivalsOf(graph);
  return {
    isPassed: passed.has(binding),
    isOpen: open.has(exchange),
    entering: passed.has(binding) ? '' : shown([...(keys.get(exchange) ?? [])]),
  };
});

/** Whether an exchange decides by headers or keys that the design does not tell. */
const isOpen = question((graph: Graph, exchange: string) => arrivalsOf(graph).open.has(exchange));

/** Fanout exchanges copy everything, and hash exchanges pick a queue. */
const isSelective = (type: string): boolean => type === 'direct' || type === 'topic' || type === 'headers';

const matchesAll = (type: string, { routingKey = '#', headers = {} }: Binding): boolean =>
  type === 'topic' ? routingKey === '#' : type === 'headers' && Object.keys(headers).length === 0;

const shown = (keys: readonly string[]): string =>
  listed([...keys.slice(0, SHOWN), ...(keys.length > SHOWN ? [`${keys.length - SHOWN} more`] : [])]);
