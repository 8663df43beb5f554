import { afterEach, expect, it } from 'vitest';
import { type HealthServer, startHealthServer } from '../../../runtime/core/health.ts';

let server: HealthServer | undefined;
afterEach(() => server?.close());

const metrics = { contentType: 'text/plain; version=0.0.4', exposition: async () => 'messaging_ready 1\n' };

const get = (path: string) => fetch(`http://127.0.0.1:${server?.port}${path}`);

it('tells liveness from readiness, on loopback', async () => {
  const state = { ready: false, problems: ['The broker rabbit is not connected.'], secret: 'geheim' };
  server = await startHealthServer({ port: 0, readiness: () => state, metrics });
  const answer = async (path: string) => {
    const response = await get(path);
    return [response.status, await response.json()];
  };
  expect(await answer('/health')).toEqual([200, { status: 'ok' }]);
  expect(await answer('/ready')).toEqual([503, { ready: false, problems: state.problems }]);
  state.ready = true;
  state.problems = [];
  expect(await answer('/ready?x=1')).toEqual([200, { ready: true, problems: [] }]);
  expect(await answer('/other')).toEqual([404, {}]);
});

it('serves metrics with their media type', async () => {
  server = await startHealthServer({ port: 0, readiness: () => ({ ready: true, problems: [] }), metrics });
  const response = await get('/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(metrics.contentType);
  expect(await response.text()).toBe('messaging_ready 1\n');
});

it('answers 500 when the metrics cannot be read', async () => {
  const broken = { ...metrics, exposition: async () => Promise.reject(new Error('no')) };
  server = await startHealthServer({
    port: 0,
    readiness: () => ({ ready: true, problems: [] }),
    metrics: broken,
  });
  expect((await get('/metrics')).status).toBe(500);
});
