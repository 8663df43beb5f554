import { memoryStore } from '../../../runtime/index.ts';
import { type MemoryTransport, memoryBroker } from '../../../runtime/memory/index.ts';
import { conformance, type Harness } from '../conformance/index.ts';
import { type Channels, queues, topics } from '../support/channels.ts';

conformance('memory', queues, () => harness(queues));
conformance('memory topics', topics, () => harness(topics));

async function harness(channels: Channels): Promise<Harness> {
  const broker = memoryBroker({ exchanges: [], queues: [], bindings: [] });
  const open = new Set<MemoryTransport>();
  // Services close their store; this one is shared, and closing it does nothing.
  const store = memoryStore();
  return {
    transport() {
      const transport = broker.transport();
      open.add(transport);
      return transport;
    },
    store: () => store,
    declare: (topology) => broker.transport().assertTopology(topology),
    deleteChannel: async (name) =>
      channels.kind === 'queue' ? broker.deleteQueue(name) : broker.deleteTopic(name),
    cut: async () => {
      const connected = [...open].filter((transport) => transport.connected);
      for (const transport of connected) transport.cutConnection();
      return connected.length;
    },
    close: async () => broker.close(),
  };
}
