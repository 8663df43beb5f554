import { type Channel, type ElementAddress, parseAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { brokerLabels } from '../kinds/brokers.ts';

/** What a connection stands for in the design. */
export type ConnectionKind = 'publish' | 'bind' | 'subscribe' | 'consume' | 'dead-letter';

/** Whether two elements may be connected, and as what; if not, the reason in one sentence. */
export type Verdict =
  | { readonly ok: true; readonly kind: ConnectionKind }
  | { readonly ok: false; readonly reason: string };

const no = (reason: string): Verdict => ({ ok: false, reason });
const yes = (kind: ConnectionKind): Verdict => ({ ok: true, kind });

/** Judges a connection while it is being drawn; `element.connect` carries out exactly what is allowed here. */
export function canConnect(graph: Graph, from: ElementAddress, to: ElementAddress): Verdict {
  const source = parseAddress(from);
  const target = parseAddress(to);
  if (!source || !target) return no('Nothing can be connected here.');
  if (from === to) return no('An element cannot be connected to itself.');
  if (graph.origins.has(from) || graph.origins.has(to))
    return no('This queue is made from a shorthand; change the queue it belongs to.');
  if (target.section === 'producers')
    return no('A producer only sends; connect it to an exchange, queue, topic or stream.');
  if (source.section === 'consumers')
    return no('A consumer only receives; let its service publish through a producer.');
  if (source.section === 'producers') return fromProducer(graph, source.id, target);
  const channel = graph.channel(source.id);
  if (!channel) return no('Nothing can be connected here.');
  if (target.section === 'consumers') return toConsumer(graph, channel, target.id);
  const destination = graph.channel(target.id);
  return destination ? betweenChannels(graph, channel, destination) : no('Nothing can be connected here.');
}

function fromProducer(graph: Graph, id: string, target: { section: string; id: string }): Verdict {
  if (target.section === 'consumers')
    return no('Messages need a channel between producer and consumer: a queue, topic or stream.');
  const channel = graph.channel(target.id);
  if (!channel) return no('A producer publishes to an exchange, queue, topic or stream.');
  const current = graph.design.producers.get(id)?.channel;
  if (current === target.id) return no(`${id} publishes to ${target.id} already.`);
  if (current !== undefined)
    return no(`${id} publishes to ${current}; add another producer of the same service.`);
  if (channel.section === 'exchanges' && channel.value.internal)
    return no(`${channel.id} is internal: only exchanges publish to it.`);
  if (channel.section === 'queues' && (channel.value.role ?? 'work') !== 'work')
    return no(`${channel.id} is no work queue; it is filled by other queues.`);
  return yes('publish');
}

function toConsumer(graph: Graph, channel: Channel, consumer: string): Verdict {
  if (channel.section === 'exchanges')
    return no('An exchange keeps nothing; put a queue between it and the consumer.');
  // Who subscribes to Pub/Sub of Redis gets what is published while it is connected.
  if (channel.section === 'topics' && graph.brokerKindOf(channel) !== 'redis')
    return no('A topic keeps nothing; put a queue between it and the consumer.');
  const current = graph.design.consumers.get(consumer)?.channel;
  if (current === channel.id) return no(`${consumer} reads ${channel.id} already.`);
  if (current !== undefined)
    return no(`${consumer} reads ${current}; add another consumer of the same service.`);
  return yes('consume');
}

function fromTopic(graph: Graph, topic: string, isPubSub: boolean, to: Channel): Verdict {
  if (isPubSub) return no('Pub/Sub of Redis reaches its subscribers alone; connect it to a consumer.');
  if (to.section !== 'queues') return no('A topic is subscribed by queues.');
  const kind = graph.brokerKindOf(to);
  if (kind !== 'sqs')
    return no(`SNS delivers to SQS queues; ${to.id} is on ${kind ? brokerLabels[kind] : 'no known broker'}.`);
  if ((to.value.role ?? 'work') !== 'work')
    return no(`${to.id} is no work queue; it is filled by other queues.`);
  return graph.subscriptionsFrom(topic).some(({ value }) => value.endpoint === to.id)
    ? no(`${to.id} is subscribed to ${topic} already.`)
    : yes('subscribe');
}

function betweenChannels(graph: Graph, from: Channel, to: Channel): Verdict {
  if (from.section === 'topics') return fromTopic(graph, from.id, graph.brokerKindOf(from) === 'redis', to);
  if (from.value.broker !== to.value.broker)
    return no(`${from.id} and ${to.id} are on different brokers; a service has to carry messages across.`);
  if (from.section === 'exchanges') {
    if (to.section === 'topics') return no('An exchange is bound to queues, streams and exchanges.');
    return yes('bind');
  }
  if (from.section === 'queues' && to.section === 'queues') {
    if (to.value.role !== 'dead-letter')
      return no('A queue passes on only its dead letters; give the target the role dead-letter.');
    if (from.value.role === 'dead-letter') return no('A dead-letter queue is the end of the line.');
    return from.value.deadLetter === to.id
      ? no(`${from.id} sends its dead letters to ${to.id} already.`)
      : yes('dead-letter');
  }
  const kind = graph.brokerKindOf(from);
  return no(`${from.id} cannot feed ${to.id}${kind ? ` on ${brokerLabels[kind]}` : ''}.`);
}
