import { Counter, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { Histogram } from '../../../../runtime/core/telemetry/histogram.ts';
import { Tally } from '../../../../runtime/core/telemetry/series.ts';

it('writes what it has observed as Prometheus reads it: buckets add up, a bound belongs to its bucket', async () => {
  const registry = new Registry();
  registry.setDefaultLabels({ service: 's' });
  const definition = {
    name: 'messaging_took_seconds',
    type: 'histogram',
    help: 'Time.',
    labels: ['of'],
  } as const;
  const histogram = new Histogram({ ...definition, buckets: [0.1, 1] }, registry);
  const slow = histogram.labels({ of: 'slow' });
  histogram.labels({ of: 'idle' });
  for (const value of [0.05, 0.1, 0.5, 7]) slow.observe(value);
  expect((await registry.metrics()).trim().split('\n')).toEqual([
    '# HELP messaging_took_seconds Time.',
    '# TYPE messaging_took_seconds histogram',
    'messaging_took_seconds_bucket{le="0.1",of="slow",service="s"} 2',
    'messaging_took_seconds_bucket{le="1",of="slow",service="s"} 3',
    'messaging_took_seconds_bucket{le="+Inf",of="slow",service="s"} 4',
    'messaging_took_seconds_sum{of="slow",service="s"} 7.65',
    'messaging_took_seconds_count{of="slow",service="s"} 4',
    'messaging_took_seconds_bucket{le="0.1",of="idle",service="s"} 0',
    'messaging_took_seconds_bucket{le="1",of="idle",service="s"} 0',
    'messaging_took_seconds_bucket{le="+Inf",of="idle",service="s"} 0',
    'messaging_took_seconds_sum{of="idle",service="s"} 0',
    'messaging_took_seconds_count{of="idle",service="s"} 0',
  ]);
});

it('tells a counter once of everything that it has counted', async () => {
  const registry = new Registry();
  const counter = new Counter({
    name: 'messaging_n_total',
    help: 'N.',
    labelNames: ['of'],
    registers: [registry],
  });
  const tally = new Tally(counter.labels({ of: 'a' }));
  const told = async () => (await counter.get()).values.map(({ value }) => value);
  expect(await told()).toEqual([0]);
  tally.add();
  tally.add();
  tally.tell();
  tally.tell();
  expect(await told()).toEqual([2]);
});
