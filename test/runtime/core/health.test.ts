import { expect, it } from 'vitest';
import { startHealthServer } from '../../../runtime/core/health.ts';

it('tells liveness from readiness, on loopback', async () => {
  const state = { ready: false, problems: ['The broker rabbit is not connected.'] };
  const server = await startHealthServer(0, () => state);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return [response.status, await response.json()];
  };
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
  expect(await get('/ready')).toEqual([503, state]);
  state.ready = true;
  state.problems = [];
  expect(await get('/ready?x=1')).toEqual([200, state]);
  expect(await get('/other')).toEqual([404, {}]);
  await server.close();
});
