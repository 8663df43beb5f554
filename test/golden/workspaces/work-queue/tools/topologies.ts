import work from '../brokers/work/definitions.json' with { type: 'json' };
import type { Topology } from '../messaging/index.ts';

/** Exchanges, queues and bindings of each broker, as its definitions file has them. */
export const topologies = {
  work: work as Topology,
} satisfies Readonly<Record<string, Topology>>;
