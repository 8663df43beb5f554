import { memoryStore } from '../../../runtime/index.ts';
import { type MemoryTransport, memoryBroker } from '../../../runtime/memory/index.ts';
import { conformance } from '../conformance/index.ts';

conformance('memory', async () => {
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
    deleteQueue: async (queue) => broker.deleteQueue(queue),
    cut: async () => {
      const connected = [...open].filter((transport) => transport.connected);
      for (const transport of connected) transport.cutConnection();
      return connected.length;
    },
    close: async () => broker.close(),
  };
});
