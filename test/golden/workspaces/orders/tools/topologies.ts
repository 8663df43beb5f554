import events from '../brokers/events/topics.json' with { type: 'json' };
import work from '../brokers/work/definitions.json' with { type: 'json' };
import type { LogTopology, Topology } from '../messaging/index.ts';
import type { KafkaTopology } from '../messaging/kafka/index.ts';

/** Exchanges, queues and bindings of each broker, or its topics, as its own file has them. */
export const topologies = {
  events: events as KafkaTopology,
  work: work as Topology,
} satisfies Readonly<Record<string, Topology | LogTopology>>;

/** Names of the queues or topics of a broker. */
export const channelsOf = (topology: Topology | LogTopology): string[] =>
  ('topics' in topology ? topology.topics : topology.queues).map(({ name }) => name);

/** Whether dead letters of several consumers are in a queue, which its broker cannot tell apart. */
export const isMixed = (topology: Topology | LogTopology, queue: string): boolean =>
  'queues' in topology &&
  topology.queues.some(({ name, arguments: given }) => name === queue && given?.['mixed'] === true);
