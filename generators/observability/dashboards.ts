import type { PlannedBroker } from '../broker.ts';
import type { Panel } from './monitoring.ts';
import { type Expression, type Metric, series } from './promql.ts';

export const DATASOURCE = { type: 'prometheus', uid: 'prometheus' } as const;

/** Grafana refuses longer ones. */
const MAX_UID = 40;
const WIDTH = 12;
const HEIGHT = 8;

/** A dashboard of one broker and of what the services do on it: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export const dashboard = (title: string, scope: string, { access, monitoring }: PlannedBroker) => ({
  uid: uidOf(`${scope}-${access.id}`),
  title: `${title}: ${access.id}`,
  tags: [scope],
  schemaVersion: 41,
  editable: false,
  timezone: 'browser',
  refresh: '15s',
  time: { from: 'now-1h', to: 'now' },
  panels: [...monitoring.panels, ...servicePanels(access.id)].map(toPanel),
});

/** Ids are bounded and must differ: what is cut off is replaced by a number made from it. */
function uidOf(name: string): string {
  if (name.length <= MAX_UID) return name;
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return `${name.slice(0, MAX_UID - 9)}-${sum.toString(16).padStart(8, '0')}`;
}

const toPanel = ({ title, unit, queries }: Panel, index: number) => ({
  id: index + 1,
  type: 'timeseries',
  title,
  datasource: DATASOURCE,
  gridPos: { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: queries.map(({ expression, legend }, position) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + position),
    datasource: DATASOURCE,
    expr: expression,
    legendFormat: legend,
  })),
});

function servicePanels(broker: string): readonly Panel[] {
  const of = (metric: Metric): Expression => series(metric, { broker });
  const rate = (by: string, metric: Metric): Expression => `sum by (${by}) (rate(${of(metric)}[1m]))`;
  const p99 = (by: string, metric: Metric): Expression =>
    `histogram_quantile(0.99, sum by (${by}, le) (rate(${of(metric)}[5m])))`;
  const panel = (title: string, unit: Panel['unit'], legend: string, expression: Expression): Panel => ({
    title,
    unit,
    queries: [{ expression, legend }],
  });
  const consumer = '{{service}}.{{consumer}}';
  const producer = '{{service}}.{{producer}}';
  return [
    panel(
      'Sends',
      'ops',
      `${producer} {{outcome}}`,
      rate('service, producer, outcome', 'messaging_sends_total'),
    ),
    panel(
      'Time of a send, 99 %',
      's',
      producer,
      p99('service, producer', 'messaging_send_duration_seconds_bucket'),
    ),
    panel(
      'Deliveries',
      'ops',
      `${consumer} {{outcome}}`,
      rate('service, consumer, outcome', 'messaging_deliveries_total'),
    ),
    panel(
      'Time of a handler, 99 %',
      's',
      consumer,
      p99('service, consumer', 'messaging_handler_duration_seconds_bucket'),
    ),
    panel(
      'Age of the oldest message at work',
      's',
      consumer,
      `max by (service, consumer) (${of('messaging_oldest_delivery_age_seconds')})`,
    ),
    panel(
      'Dead letters',
      'ops',
      `${consumer} {{reason}}`,
      rate('service, consumer, reason', 'messaging_dead_letters_total'),
    ),
    {
      title: 'Unsettled',
      unit: 'short',
      queries: [
        {
          expression: `sum by (service, producer) (${of('messaging_sends_unsettled')})`,
          legend: `${producer} sends`,
        },
        {
          expression: `sum by (service, consumer) (${of('messaging_deliveries_in_flight')})`,
          legend: `${consumer} deliveries`,
        },
      ],
    },
    {
      title: 'What the library could not do',
      unit: 'ops',
      queries: [
        {
          expression: rate('service, consumer', 'messaging_store_errors_total'),
          legend: `${consumer} store`,
        },
        {
          expression: rate('service, consumer', 'messaging_copy_errors_total'),
          legend: `${consumer} copies`,
        },
      ],
    },
  ];
}
