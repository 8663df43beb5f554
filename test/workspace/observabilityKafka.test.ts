import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { freePorts } from '../support/ports.ts';
import type { TestProcess } from '../support/process.ts';
import { KafkaPlatform } from './kafkaPlatform.ts';
import { activeAlerts, expectSeries, expressionsOf, startObserver } from './observed.ts';
import type { Prometheus } from './prometheus.ts';

const services = ['accounts', 'billing', 'search'];

describeWithBrokers(
  'the generated Prometheus configuration for Kafka',
  { brokers: ['kafka', 'redis', 'prometheus'], control: true },
  () => {
    let platform: KafkaPlatform;
    let prometheus: Prometheus;
    const running: TestProcess[] = [];

    beforeAll(async () => {
      const ports = await freePorts(services.length);
      platform = await KafkaPlatform.start(exampleText('event-log'));
      expect(await platform.script('topology', 'apply')).toMatchObject({ code: 0 });
      for (const [index, id] of services.entries())
        running.push(await platform.startService(id, { HEALTH_PORT: String(ports[index]) }));
      for (const [index, child] of running.entries())
        await child.waitReady(`http://127.0.0.1:${ports[index]}/ready`);
      prometheus = await startObserver(
        platform.workspace,
        Object.fromEntries(services.map((id, index) => [id, ports[index] as number])),
      );
    });

    afterAll(async () => {
      await prometheus?.dispose();
      for (const child of running) await child.kill();
      await platform?.dispose();
    });

    test('has every metric that alerts and dashboards use, with labels that match', async () => {
      await expectSeries(prometheus, expressionsOf(platform.workspace, 'events'));
    });

    test('knows the lag of each group, and is quiet while all is well', async () => {
      expect(await platform.script('load', '--count', '50')).toMatchObject({ code: 0 });
      await prometheus.until(
        'all handled',
        () => prometheus.query('sum by (consumer) (messaging_deliveries_total{outcome="handled"})'),
        (handled) => handled.length === 2 && handled.every(({ value }) => Number(value[1]) >= 100),
      );
      await prometheus.until(
        'read to the end',
        () => prometheus.query('sum by (consumer) (messaging_backlog_messages)'),
        (lag) => lag.length === 2 && lag.every(({ value }) => value[1] === '0'),
      );
      expect(await activeAlerts(prometheus)).toEqual([]);
    });
  },
);
