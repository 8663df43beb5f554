import { expect, test } from 'vitest';
import { addUndrawn } from '../../../renderer/actions/addUndrawn.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { MemoryHost } from '../store/host.ts';

const text = `brokerloom: 1
design: { name: d, environment: prod }
brokers: { mq: { kind: rabbitmq } }
queues: { jobs: { broker: mq } }
messages: { made: { version: 1 } }
producers: { api: { channel: jobs, messages: [made] } }
consumers: { worker: { channel: jobs } }
`;

async function opened() {
  const store = createAppStore(new MemoryHost(text).api);
  await store.getState().start();
  return store.getState;
}

test('a new flow leads from the selected producers to the selected consumers, and is asked for its name', async () => {
  const app = await opened();
  app().select(['producers/api', 'queues/jobs', 'consumers/worker'], 'canvas');
  addUndrawn(app(), 'flows');
  expect(app().session?.design?.flows.get('flow')).toEqual({ from: ['api'], to: ['worker'] });
  expect([...app().selected]).toEqual(['flows/flow']);
  expect(app().naming).toBe('flows/flow');
});

test('a new service says nothing, whatever is selected', async () => {
  const app = await opened();
  app().select(['producers/api'], 'canvas');
  addUndrawn(app(), 'services');
  expect(app().session?.design?.services.get('service')).toEqual({});
});
