import { describe, expect, test } from 'vitest';
import { badgesOf } from '../../../renderer/canvas/flow.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { MemoryHost } from '../store/host.ts';

const text = `brokerloom: 1
design: { name: x, environment: prod }
brokers: { mq: { kind: rabbitmq } }
messages: { made: { version: 1 } }
queues: { jobs: { broker: mq } }
producers: { api: { channel: jobs, messages: [made] } }
consumers: { worker: { channel: jobs } }
`;

describe('badges', () => {
  test('count the findings of an element, in the colour of the worst, and tell what is not stated', async () => {
    const store = createAppStore(new MemoryHost(text).api);
    await store.getState().start();
    const { issues = [], unknowns = [] } = store.getState().shown ?? {};
    const badges = badgesOf(issues, unknowns);
    const own = issues.filter(({ element }) => element === 'queues/jobs');
    expect(badges.get('queues/jobs')).toMatchObject({ severity: 'error', text: String(own.length) });
    expect(badges.get('consumers/worker')?.title).toContain('Not stated: ');
    const calm = badgesOf([], unknowns);
    expect(calm.get('consumers/worker')).toMatchObject({ severity: 'unknown', text: '?' });
    expect(calm.get('queues/jobs')).toBeUndefined();
  });
});
