import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { namedIn } from '../generators/observability/promqlNames.ts';
import { exampleText } from '../generators/support.ts';
import { freePorts } from '../support/ports.ts';
import type { TestProcess } from '../support/process.ts';
import { Platform } from './platform.ts';
import { Prometheus } from './prometheus.ts';

const services = ['email', 'labels', 'order', 'payment', 'shipping', 'tracking', 'warehouse'];

interface ScrapeConfig {
  job_name: string;
  dns_sd_configs?: unknown;
  static_configs?: { targets: string[] }[];
}

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

      // As generated, but for the addresses: there is no name server of a compose network here.
      const config = parse(platform.workspace.read('observability/prometheus.yml'));
      config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
      for (const job of config.scrape_configs as ScrapeConfig[]) {
        const service = services.indexOf(job.job_name);
        delete job.dns_sd_configs;
        job.static_configs = [{ targets: [`127.0.0.1:${service < 0 ? exporter : ports[service]}`] }];
      }
      prometheus = await Prometheus.start(join(platform.workspace.folder, 'prometheus'), {
        'prometheus.yml': stringify(config),
        'alerts.yml': platform.workspace.read('observability/alerts.yml'),
      });
    });

    afterAll(async () => {
      await prometheus?.dispose();
      for (const service of running.values()) await service.kill();
      await platform?.dispose();
    });

    const activeAlerts = async () =>
      (await prometheus.alerts()).map(({ labels }) =>
        [labels['alertname'], labels['channel'] ?? labels['service']].filter(Boolean).join(' '),
      );

    test('reads every broker and service', async () => {
      const targets = await prometheus.until(
        'all targets up',
        () => prometheus.targets(),
        (all) => all.length > 0 && all.every(({ health }) => health === 'up'),
      );
      expect(targets.map(({ scrapePool }) => scrapePool).sort()).toEqual(
        ['work', 'work:queues', ...services].sort(),
      );
    });

    test('has every metric that alerts and dashboards use, with labels that match', async () => {
      const { groups } = parse(platform.workspace.read('observability/alerts.yml'));
      const { panels } = JSON.parse(platform.workspace.read('observability/grafana/dashboards/work.json'));
      const expressions: string[] = [
        ...groups.flatMap(({ rules }: { rules: { expr: string }[] }) => rules.map(({ expr }) => expr)),
        ...panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr)),
      ];
      // Each selector by itself, as it stands in the expression: a wrong label would give nothing.
      const selectors = new Set(
        expressions.flatMap(
          (expression) => expression.match(/\b[a-z_]+\{[^}]*\}/g) ?? namedIn(expression).metrics,
        ),
      );
      expect(selectors.size).toBeGreaterThan(30);
      for (const selector of selectors) {
        await prometheus.until(
          `there: ${selector}`,
          () => prometheus.query(selector),
          (series) => series.length > 0,
        );
      }
      for (const expression of expressions) await prometheus.query(expression);
    });

    test('is quiet while all is well', async () => {
      const { code } = await platform.runAs('operator', 'tools/load.ts', '--count', '20');
      expect(code).toBe(0);
      await prometheus.until(
        'all handled',
        () => prometheus.query('sum(messaging_deliveries_total{outcome="handled"})'),
        ([total]) => Number(total?.value[1]) >= 20 * 8,
      );
      expect(await activeAlerts()).toEqual([]);
    });

    test('notices a dead letter, a queue without consumers and a service that is gone', async () => {
      const connection = await platform.login('operator');
      const channel = await connection.createConfirmChannel();
      channel.sendToQueue('payments', Buffer.from('no JSON'));
      await channel.waitForConfirms();
      await connection.close();
      await running.get('shipping')?.terminate();
      const expected = ['payments-dead payments.dlq', 'NoConsumer shipping', 'ServiceNotReady shipping'];
      await prometheus.until('alerted', activeAlerts, (active) =>
        expected.every((alert) => active.includes(alert)),
      );
      expect(
        await prometheus.query('messaging_dead_letters_total{service="payment",reason="invalid"}'),
      ).toMatchObject([{ value: [expect.any(Number), '1'] }]);
    });
  },
);
