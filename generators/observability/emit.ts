import { stringify } from 'yaml';
import { formatDuration } from '../../core/units.ts';
import { HEALTH_PORT } from '../compose/ports.ts';
import { jsonFile } from '../kit/json.ts';
import type { Output } from '../kit/output.ts';
import type { WorkspacePlan } from '../workspace/plan.ts';
import { DATASOURCE, dashboard } from './dashboards.ts';
import type { AlertRule, ScrapeConfig } from './monitoring.ts';

const FOLDER = 'observability';

/** Configuration of Prometheus and Grafana: what to read, when to call somebody, what to show. */
export function emitObservability(plan: WorkspacePlan, out: Output): void {
  out.add(`${FOLDER}/prometheus.yml`, yaml(prometheus(plan)));
  out.add(`${FOLDER}/alerts.yml`, ALERTS_HEADER + yaml(alerts(plan)));
  out.add(`${FOLDER}/grafana/datasources.yml`, yaml(datasources));
  out.add(`${FOLDER}/grafana/dashboards.yml`, yaml(dashboardProviders));
  for (const broker of plan.brokers)
    out.add(
      `${FOLDER}/grafana/dashboards/${broker.access.id}.json`,
      jsonFile(dashboard(plan.title, plan.scope, broker)),
    );
}

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0 });

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
const prometheus = (plan: WorkspacePlan) => ({
  global: { scrape_interval: '15s', evaluation_interval: '15s' },
  rule_files: ['alerts.yml'],
  scrape_configs: [
    ...plan.brokers.flatMap(({ monitoring }) => monitoring.scrapes),
    ...[...plan.services, ...plan.workers].map(
      ({ composeName }): ScrapeConfig => ({
        job_name: composeName,
        // Every replica has an address of its own under the name of the service.
        dns_sd_configs: [{ names: [composeName], type: 'A', port: HEALTH_PORT, refresh_interval: '15s' }],
      }),
    ),
  ],
});

const ALERTS_HEADER =
  '# Where alerts go is a matter of the place: give Prometheus an Alertmanager, or let Grafana send them.\n';

const alerts = ({ scope, observability: { designed, defaults } }: WorkspacePlan) => ({
  groups: [
    ...(designed.length > 0 ? [{ name: `${scope}-design`, rules: designed.map(rule) }] : []),
    { name: `${scope}-defaults`, rules: defaults.map(rule) },
  ],
});

const rule = ({
  name,
  expression,
  forMs,
  severity,
  owner,
  about,
  summary,
  description,
  runbook,
}: AlertRule) => ({
  alert: name,
  expr: expression,
  ...(forMs > 0 ? { for: formatDuration(forMs) } : {}),
  labels: { severity, ...about, ...(owner === undefined ? {} : { owner }) },
  annotations: {
    summary,
    description,
    ...(/^https?:\/\//.test(runbook) ? { runbook_url: runbook } : { runbook }),
  },
});

/** https://grafana.com/docs/grafana/latest/administration/provisioning/ */
const datasources = {
  apiVersion: 1,
  datasources: [
    {
      name: 'Prometheus',
      uid: DATASOURCE.uid,
      type: DATASOURCE.type,
      url: 'http://prometheus:9090',
      isDefault: true,
    },
  ],
};

const dashboardProviders = {
  apiVersion: 1,
  providers: [
    { name: 'workspace', type: 'file', allowUiUpdates: false, options: { path: '/etc/grafana/dashboards' } },
  ],
};
