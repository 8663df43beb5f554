import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { freePorts } from '../support/ports.ts';
import type { TestProcess } from '../support/process.ts';
import { activeAlerts, expectSeries, expressionsOf, selectorsOf, startObserver } from './observed.ts';
import { Platform } from './platform.ts';
import type { Prometheus } from './prometheus.ts';

const services = ['email', 'labels', 'order', 'payment', 'shipping', 'tracking', 'warehouse'];

describeWithBrokers(
  'the generated Prometheus configuration',
  { brokers: ['rabbitmq', 'redis', 'prometheus'], control: true },
  () => {
    let platform: Platform;
    let prometheus: Prometheus;
    const running = new Map<string, TestProcess>();

    beforeAll(async () => {
      const [exporter, ...ports] = await freePorts(services.length + 1);
      platform = await Platform.start(exampleText('fulfilment'), {
        plugins: ['rabbitmq_prometheus'],
        conf: ['prometheus.tcp.ip = 127.0.0.1', `prometheus.tcp.port = ${exporter}`],
      });
      for (const [index, id] of services.entries())
        running.set(id, await platform.startService(id, { HEALTH_PORT: String(ports[index]) }));
      for (const [index, id] of services.entries())
        await running.get(id)?.waitReady(`http://127.0.0.1:${ports[index]}/ready`);

      prometheus = await startObserver(platform.workspace, {
        work: exporter as number,
        'work:queues': exporter as number,
        ...Object.fromEntries(services.map((id, index) => [id, ports[index] as number])),
      });
    });

    afterAll(async () => {
      await prometheus?.dispose();
      for (const service of running.values()) await service.kill();
      await platform?.dispose();
    });

    test('has every metric that alerts and dashboards use, with labels that match', async () => {
      const expressions = expressionsOf(platform.workspace, 'work');
      expect(selectorsOf(expressions).length).toBeGreaterThan(30);
      await expectSeries(prometheus, expressions);
    });

    test('is quiet while all is well', async () => {
      const { code } = await platform.runAs('operator', 'tools/load.ts', '--count', '20');
      expect(code).toBe(0);
      await prometheus.until(
        'all handled',
        () => prometheus.query('sum(messaging_deliveries_total{outcome="handled"})'),
        ([total]) => Number(total?.value[1]) >= 20 * 8,
      );
      expect(await activeAlerts(prometheus)).toEqual([]);
    });

    test('notices a dead letter, a queue without consumers and a service that is gone', async () => {
      const connection = await platform.login('operator');
      const channel = await connection.createConfirmChannel();
      channel.sendToQueue('payments', Buffer.from('no JSON'));
      await channel.waitForConfirms();
      await connection.close();
      await running.get('shipping')?.terminate();
      const expected = ['payments-dead payments.dlq', 'NoConsumer shipping', 'ServiceNotReady shipping'];
      await prometheus.until(
        'alerted',
        () => activeAlerts(prometheus),
        (active) => expected.every((alert) => active.includes(alert)),
      );
      expect(
        await prometheus.query('messaging_dead_letters_total{service="payment",reason="invalid"}'),
      ).toMatchObject([{ value: [expect.any(Number), '1'] }]);
    });
  },
);
