import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { fileOf, generated } from '../generators/support.ts';
import { reapDir } from '../support/reaper.ts';

const run = promisify(execFile);

const design = `brokerloom: 1
design: { name: shop }
brokers: { work: { kind: rabbitmq } }
services: { till: { owner: "{{ .Labels }}" } }
messages: { job: { examples: [{}] } }
queues:
  jobs: { broker: work, deadLetter: true }
  kept: { broker: work, maxLength: 100000, overflow: reject-publish }
producers: { a: { service: till, channel: jobs, messages: [job], rate: { peak: 50/s } } }
consumers: { c: { service: till, channel: jobs, idempotency: standard } }
alerts:
  soon-full: { target: kept, metric: depth, kind: timeToRetention, threshold: 1h, for: 5m, runbook: "{{{ it's \\"so\\" }}" }
`;

interface Rule {
  alert: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

const rulesText = fileOf(generated(design), 'observability/alerts.yml');
const rules: Rule[] = parse(rulesText).groups.flatMap(({ rules }: { rules: Rule[] }) => rules);

const depthOf = (queue: string) =>
  `rabbitmq_detailed_queue_messages{job="work:queues",vhost="shop",queue="${queue}"}`;
const ready = (instance: string) => `messaging_ready{job="till",service="till",instance="${instance}"}`;
const sends = 'messaging_sends_total{service="till",producer="a",outcome="send_timeout",instance="x"}';

/** How an alert is at a time of a test, by https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/ */
function alertAt(
  time: string,
  name: string,
  firing: { readonly more?: object; readonly summary?: string } | false,
) {
  const rule = rules.find(({ alert }) => alert === name);
  if (!rule) throw new Error(`There is no alert ${name}.`);
  if (!firing) return { eval_time: time, alertname: name, exp_alerts: [] };
  // Texts of the design are expanded to themselves.
  const plain = (texts: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, text.replaceAll('{{ "{{" }}', '{{')]),
    );
  const { more, summary } = firing;
  const annotations = plain(rule.annotations);
  return {
    eval_time: time,
    alertname: name,
    exp_alerts: [
      {
        exp_labels: { ...plain(rule.labels), ...more },
        exp_annotations: summary === undefined ? annotations : { ...annotations, summary },
      },
    ],
  };
}

describeWithBrokers('the generated alert rules', { brokers: ['prometheus'] }, () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'brokerloom-rules-'));
    reapDir(folder);
    writeFileSync(join(folder, 'alerts.yml'), rulesText);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const promtool = (...args: string[]) => run('promtool', args, { cwd: folder });

  /** Rejects with what promtool found different. */
  async function expectAlerts(
    series: Readonly<Record<string, string>>,
    expected: readonly object[],
  ): Promise<void> {
    const file = {
      rule_files: ['alerts.yml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          alert_rule_test: expected,
        },
      ],
    };
    writeFileSync(join(folder, 'test.yml'), stringify(file));
    await promtool('test', 'rules', 'test.yml').catch(({ stdout, stderr }) => {
      throw new Error(stdout + stderr);
    });
  }

  test('are rules, no two of them alike', async () => {
    const { stdout } = await promtool('check', 'rules', '--lint-fatal', 'alerts.yml');
    expect(stdout).toContain(`${rules.length} rules found`);
  });

  test('tell a backlog that grows from one that is worked off', async () => {
    await expectAlerts({ [depthOf('jobs')]: '100+10x60' }, [
      alertAt('5m', 'BacklogGrows', false),
      alertAt('30m', 'BacklogGrows', {}),
    ]);
    await expectAlerts({ [depthOf('jobs')]: '900-10x60' }, [alertAt('30m', 'BacklogGrows', false)]);
    await expectAlerts(
      { [depthOf('jobs')]: '0 1 0 2 0 3 0 4 0 5 0 6 0 7 0 8 0 9 0 10 0 11 0 12 0 13 0 14 0 15' },
      [alertAt('30m', 'BacklogGrows', false)],
    );
  });

  test('see a limit coming', async () => {
    // 100 000 − 40 000 at 100 a minute: ten hours; at 1 000 a minute: one hour and less.
    await expectAlerts({ [depthOf('kept')]: '40000+100x60' }, [alertAt('40m', 'soon-full', false)]);
    await expectAlerts({ [depthOf('kept')]: '40000+1000x60' }, [
      alertAt('2m', 'soon-full', false),
      alertAt('40m', 'soon-full', {}),
    ]);
  });

  test('are content with one instance that is ready', async () => {
    await expectAlerts({ [ready('x')]: '0x20', [ready('y')]: '1x20' }, [
      alertAt('20m', 'ServiceNotReady', false),
    ]);
    await expectAlerts({ [ready('x')]: '0x20', [ready('y')]: '0x20' }, [
      alertAt('20m', 'ServiceNotReady', { more: { service: 'till' } }),
    ]);
    await expectAlerts({}, [alertAt('20m', 'ServiceNotReady', { more: { service: 'till' } })]);
  });

  test('say which producer fails and how, from its first failure on', async () => {
    await expectAlerts({ [sends]: '0 0 1 1 1 1 1 1 1 1 1 1' }, [
      alertAt('1m', 'SendsFail', false),
      alertAt('3m', 'SendsFail', {
        more: { service: 'till', producer: 'a', outcome: 'send_timeout' },
        summary: 'Sends of till.a fail: send_timeout.',
      }),
      alertAt('11m', 'SendsFail', false),
    ]);
  });
});
