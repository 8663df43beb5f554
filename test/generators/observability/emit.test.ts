import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { rabbitMetrics, serviceMetrics } from '../../../generators/observability/promql.ts';
import { metrics } from '../../../runtime/core/telemetry/metrics.ts';
import { exampleText, fileOf, generated } from '../support.ts';
import { namedIn } from './promqlNames.ts';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

interface Dashboard {
  uid: string;
  panels: { title: string; targets: { expr: string }[]; gridPos: { x: number; y: number } }[];
}

const examples = ['fulfilment', 'work-queue', 'event-log'] as const;
const trees = Object.fromEntries(examples.map((name) => [name, generated(exampleText(name))]));

const rulesOf = (tree: ReturnType<typeof generated>) =>
  (parse(fileOf(tree, 'observability/alerts.yml')) as { groups: { name: string; rules: Rule[] }[] }).groups;

const dashboardsOf = (tree: ReturnType<typeof generated>) =>
  [...tree.entries()]
    .filter(([path]) => path.startsWith('observability/grafana/dashboards/'))
    .map(([, { content }]) => JSON.parse(content) as Dashboard);

/** Every expression of a workspace. */
const expressionsOf = (tree: ReturnType<typeof generated>): string[] => [
  ...rulesOf(tree).flatMap(({ rules }) => rules.map(({ expr }) => expr)),
  ...dashboardsOf(tree).flatMap(({ panels }) =>
    panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ),
];

/** The labels of each series that services export. */
const exported = new Map<string, readonly string[]>(
  Object.values(metrics).flatMap(({ name, type, labels }) =>
    (type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']).map((end): [string, readonly string[]] => [
      `${name}${end}`,
      [...labels, 'service', 'job', 'instance', ...(end === '_bucket' ? ['le'] : [])],
    ]),
  ),
);

test('the names of metrics are those that services export', () => {
  for (const name of serviceMetrics) expect(exported.has(name), name).toBe(true);
});

describe.each(examples)('%s', (name) => {
  const tree = trees[name] as ReturnType<typeof generated>;

  test('asks for known metrics alone, by labels that they have', () => {
    const expressions = expressionsOf(tree);
    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions) {
      const { metrics: used, labels } = namedIn(expression);
      expect(used.length, expression).toBeGreaterThan(0);
      for (const metric of used) {
        const isBroker = ['up', ...rabbitMetrics].includes(metric);
        expect(isBroker || exported.has(metric), `${metric} in ${expression}`).toBe(true);
        if (isBroker) continue;
        for (const label of labels)
          expect(exported.get(metric), `${label} in ${expression}`).toContain(label);
      }
    }
  });

  test('says of each alert how bad it is, what it means and what to do', () => {
    for (const { alert, labels, annotations } of rulesOf(tree).flatMap(({ rules }) => rules)) {
      expect(labels['severity'], alert).toMatch(/^(critical|warning)$/);
      expect(annotations, alert).toMatchObject({
        summary: expect.any(String),
        description: expect.any(String),
      });
      expect(annotations['runbook'] ?? annotations['runbook_url'], alert).toBeTruthy();
    }
  });

  test('lays the graphs of a dashboard out without gaps and overlaps', () => {
    for (const { uid, panels } of dashboardsOf(tree)) {
      expect(uid.length).toBeLessThanOrEqual(40);
      const places = panels.map(({ gridPos: { x, y } }) => `${x},${y}`);
      expect(new Set(places).size).toBe(places.length);
    }
  });
});

test('prometheus reads every broker that tells, and every replica of a service', () => {
  const config = parse(fileOf(trees['fulfilment'] as never, 'observability/prometheus.yml'));
  const jobs = config.scrape_configs.map(({ job_name }: { job_name: string }) => job_name);
  expect(jobs).toEqual([
    'work',
    'work:queues',
    'email',
    'labels',
    'order',
    'payment',
    'shipping',
    'tracking',
    'warehouse',
  ]);
  expect(config.scrape_configs[1].params.vhost).toEqual(['fulfilment']);
  expect(config.scrape_configs.at(-1).dns_sd_configs).toMatchObject([
    { names: ['warehouse'], type: 'A', port: 8080 },
  ]);
});

test('text of a design is not a template of Prometheus', () => {
  const tree = generated(`brokerloom: 1
design: { name: shop }
brokers: { work: { kind: rabbitmq } }
messages: { job: { examples: [{}] } }
queues: { jobs: { broker: work, deadLetter: true } }
producers: { a: { channel: jobs, messages: [job] } }
consumers: { c: { channel: jobs, idempotency: standard } }
alerts:
  deep: { target: jobs, metric: depth, owner: "{{ .Labels }}", runbook: "{{ printf }} then {{{" }
`);
  const [{ rules } = { rules: [] }] = rulesOf(tree);
  expect(rules[0]?.labels['owner']).toBe('{{ "{{" }} .Labels }}');
  expect(rules[0]?.annotations['runbook']).toBe('{{ "{{" }} printf }} then {{ "{{" }}{');
});
