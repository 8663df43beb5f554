import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { namedIn } from '../generators/observability/promqlNames.ts';
import { Prometheus } from './prometheus.ts';
import type { Workspace } from './support.ts';

interface ScrapeConfig {
  job_name: string;
  dns_sd_configs?: unknown;
  static_configs?: { targets: string[] }[];
}

/**
 * Prometheus as a workspace configures it, but for the addresses: there is no name server of a compose network here.
 * @param ports by job: where each listens on this machine
 */
export async function startObserver(
  workspace: Workspace,
  ports: Readonly<Record<string, number>>,
): Promise<Prometheus> {
  const config = parse(workspace.read('observability/prometheus.yml'));
  config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  for (const job of config.scrape_configs as ScrapeConfig[]) {
    const port = ports[job.job_name];
    if (port === undefined) throw new Error(`No port for the job ${job.job_name}.`);
    delete job.dns_sd_configs;
    job.static_configs = [{ targets: [`127.0.0.1:${port}`] }];
  }
  const prometheus = await Prometheus.start(join(workspace.folder, 'prometheus'), {
    'prometheus.yml': stringify(config),
    'alerts.yml': workspace.read('observability/alerts.yml'),
  });
  const targets = await prometheus.until(
    'reading all',
    () => prometheus.targets(),
    (all) => all.length > 0 && all.every(({ health }) => health === 'up'),
  );
  const read = targets.map(({ scrapePool }) => scrapePool).sort();
  const wanted = Object.keys(ports).sort();
  if (String(read) !== String(wanted)) throw new Error(`Prometheus reads ${read}, not ${wanted}.`);
  return prometheus;
}

/** Every expression of the alert rules and of the dashboard of a broker. */
export function expressionsOf(workspace: Workspace, broker: string): string[] {
  const { groups } = parse(workspace.read('observability/alerts.yml'));
  const { panels } = JSON.parse(workspace.read(`observability/grafana/dashboards/${broker}.json`));
  return [
    ...groups.flatMap(({ rules }: { rules: { expr: string }[] }) => rules.map(({ expr }) => expr)),
    ...panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr)),
  ];
}

/** Each selector by itself, as it stands in an expression: one with a wrong name or label matches nothing. */
export const selectorsOf = (expressions: readonly string[]): string[] => [
  ...new Set(
    expressions.flatMap(
      (expression) => expression.match(/\b[a-z_]+\{[^}]*\}/g) ?? namedIn(expression).metrics,
    ),
  ),
];

/** Rejects when an expression is none, or when a selector in it matches no series within its time. */
export async function expectSeries(prometheus: Prometheus, expressions: readonly string[]): Promise<void> {
  for (const selector of selectorsOf(expressions)) {
    await prometheus.until(
      `there: ${selector}`,
      () => prometheus.query(selector),
      (series) => series.length > 0,
    );
  }
  for (const expression of expressions) await prometheus.query(expression);
}

/** Name and subject of each alert that is pending or fires. */
export const activeAlerts = async (prometheus: Prometheus): Promise<string[]> =>
  (await prometheus.alerts()).map(({ labels }) =>
    [labels['alertname'], labels['channel'] ?? labels['service']].filter(Boolean).join(' '),
  );
