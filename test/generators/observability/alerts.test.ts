import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { contextOf } from '../../../generators/context.ts';
import { kafka as kafkaGenerator } from '../../../generators/kafka/index.ts';
import { planAlerts } from '../../../generators/observability/alerts.ts';
import { designOf, fileOf, generated, problemsOf } from '../support.ts';

const rabbit = (alert: string, more = '') => `brokerloom: 1
design: { name: shop }
brokers: { work: { kind: rabbitmq } }
services: { till: { owner: team-till } }
messages: { job: { examples: [{}] } }
exchanges: { ex: { broker: work, type: fanout }, spare: { broker: work, type: fanout } }
bindings: { b: { source: ex, destination: jobs }, s: { source: spare, destination: parked } }
queues:
  jobs: { broker: work, deadLetter: true, maxLength: 1000, overflow: reject-publish }
  parked: { broker: work }
producers: { a: { channel: ex, messages: [job], rate: { peak: 50/s } } }
consumers: { c: { service: till, channel: jobs, idempotency: standard, retry: none } }
alerts: { mine: ${alert} }
${more}`;

const kafka = (alert: string) => `brokerloom: 1
design: { name: shop }
brokers: { log: { kind: kafka } }
messages: { job: { examples: [{}] } }
streams: { jobs: { broker: log, retention: 7d } }
producers: { a: { channel: jobs, messages: [job] } }
consumers: { c: { channel: jobs, deadLetter: true, idempotency: standard } }
alerts: { mine: ${alert} }
`;

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

function rulesOf(text: string): { designed: Rule; defaults: Rule[] } {
  const { groups } = parse(fileOf(generated(text), 'observability/alerts.yml'));
  const named = (end: string) => groups.find(({ name }: { name: string }) => name === `shop-${end}`).rules;
  return { designed: named('design')[0], defaults: named('defaults') };
}

const depth = 'sum(rabbitmq_detailed_queue_messages{job="work:queues",vhost="shop",queue="jobs"})';
const grows = `deriv((${depth})[10m:1m])`;
const lag = 'sum by (service, consumer) (messaging_backlog_messages{broker="log",channel="jobs"})';

describe('alerts of a design', () => {
  test.each([
    ['{ target: jobs, metric: depth, threshold: 20 }', `${depth} > 20`],
    ['{ target: jobs, metric: lag, threshold: 20 }', `${depth} > 20`],
    ['{ target: jobs, metric: depth }', `${depth} > 3000`],
    ['{ target: jobs, metric: depth, kind: derivative }', `${grows} > 0`],
    ['{ target: jobs, metric: depth, kind: derivative, threshold: 120/m }', `${grows} > 2`],
    ['{ target: jobs, metric: depth, kind: timeToRetention }', `(1000 - ${depth}) / (${grows} > 0) < 14400`],
    [
      '{ target: jobs, metric: age, threshold: 2m }',
      'max(messaging_oldest_delivery_age_seconds{broker="work",channel="jobs"}) > 120',
    ],
    [
      '{ target: jobs, metric: age }',
      'max(messaging_oldest_delivery_age_seconds{broker="work",channel="jobs"}) > 900',
    ],
    [
      '{ target: jobs.dlq, metric: dlq-depth }',
      'sum(rabbitmq_detailed_queue_messages{job="work:queues",vhost="shop",queue="jobs.dlq"}) > 0',
    ],
    [
      '{ target: parked, metric: age, threshold: 10m }',
      'min_over_time((sum(rabbitmq_detailed_queue_messages{job="work:queues",vhost="shop",queue="parked"}))[600s:1m]) > 0',
    ],
    [
      '{ target: ex, metric: unroutable }',
      '((sum(increase(messaging_sends_total{broker="work",destination="ex",outcome="unroutable"}[5m])) or vector(0))) > 0',
    ],
  ])('on RabbitMQ: %s', (alert, expected) => {
    expect(rulesOf(rabbit(alert)).designed.expr).toBe(expected);
  });

  test.each([
    ['{ target: jobs, metric: lag, threshold: 20 }', `${lag} > 20`],
    ['{ target: jobs, metric: depth }', `${lag} > 1000`],
    [
      '{ target: jobs, metric: lag, kind: timeToRetention, threshold: 1d }',
      '604800 - max by (service, consumer) (messaging_oldest_delivery_age_seconds{broker="log",channel="jobs"}) < 86400',
    ],
    [
      '{ target: c.dlq, metric: dlq-depth }',
      'sum(increase(messaging_dead_letters_total{broker="log",consumer=~"c"}[1h])) > 0',
    ],
  ])('on Kafka: %s', (alert, expected) => {
    const context = contextOf(designOf(kafka(alert)));
    if (!context.ok) throw new Error('The design has no context.');
    const broker = kafkaGenerator.plan(context.value, 'log');
    if (!broker.ok) throw new Error(JSON.stringify(broker.error));
    const { rules } = planAlerts(context.value, [broker.value]);
    expect(rules.map(({ expression }) => expression)).toEqual([expected]);
  });

  const stream = (alert: string) => `brokerloom: 1
design: { name: shop }
brokers: { work: { kind: rabbitmq } }
messages: { job: { examples: [{}] } }
streams: { jobs: { broker: work, retention: 7d } }
producers: { a: { channel: jobs, messages: [job] } }
consumers: { c: { channel: jobs, deadLetter: true, idempotency: standard } }
alerts: { mine: ${alert} }
`;

  test('on a stream of RabbitMQ: by age, since the broker does not know how far its readers are', () => {
    const oldest = 'max(messaging_oldest_delivery_age_seconds{broker="work",channel="jobs"})';
    const of = (alert: string) => rulesOf(stream(alert)).designed.expr;
    expect(of('{ target: jobs, metric: age, threshold: 1m }')).toBe(`${oldest} > 60`);
    expect(of('{ target: jobs, metric: lag, kind: timeToRetention }')).toBe(`604800 - ${oldest} < 14400`);
    expect(problemsOf(stream('{ target: jobs, metric: lag }'))).toMatchObject([
      { element: 'alerts/mine', message: expect.stringContaining('does not know how far its readers are') },
    ]);
  });

  test('take the latency target of the flow into their thresholds', () => {
    const flow = 'flows: { f: { from: [a], to: [c], slo: { latencyP99: 30s }, maxConsumerOutage: 1h } }';
    const of = (alert: string) => rulesOf(rabbit(alert, flow)).designed.expr;
    expect(of('{ target: jobs, metric: depth }')).toBe(`${depth} > 3000`);
    expect(of('{ target: jobs, metric: age }')).toMatch(/> 30$/);
    expect(of('{ target: jobs, metric: depth, kind: timeToRetention }')).toMatch(/< 3600$/);
  });

  test('count what the alternate exchange has collected as unroutable', () => {
    const text = rabbit('{ target: ex, metric: unroutable }').replace(
      'type: fanout }, spare',
      'type: fanout, alternateExchange: spare }, spare',
    );
    expect(rulesOf(text).designed.expr).toContain('queue="parked"');
  });

  test('go to their owner, or else to the team that consumes', () => {
    const of = (alert: string) => rulesOf(rabbit(alert)).designed.labels['owner'];
    expect(of('{ target: jobs, metric: depth, owner: me }')).toBe('me');
    expect(of('{ target: jobs, metric: depth }')).toBe('team-till');
  });

  test('name a page as an address', () => {
    const { annotations } = rulesOf(
      rabbit('{ target: jobs, metric: depth, for: 90s, runbook: "https://wiki.example/deep" }'),
    ).designed;
    expect(annotations['runbook_url']).toBe('https://wiki.example/deep');
    expect(annotations).not.toHaveProperty('runbook');
  });

  test('are refused where nothing can be measured', () => {
    expect(problemsOf(rabbit('{ target: ex, metric: depth }'))).toMatchObject([
      {
        code: 'LOOM_UNSUPPORTED',
        element: 'alerts/mine',
        message: expect.stringContaining('keeps no messages'),
      },
    ]);
  });
});

describe('alerts by default', () => {
  const namesFor = (alert: string, queue: string) =>
    rulesOf(rabbit(alert))
      .defaults.filter(({ expr }) => expr.includes(`"${queue}"`))
      .map(({ alert: name }) => name);

  test('cover every consumed queue and every dead-letter queue', () => {
    const alert = '{ target: parked, metric: depth }';
    expect(namesFor(alert, 'jobs')).toEqual(['Backlog', 'BacklogGrows', 'MessagesOld', 'NoConsumer']);
    expect(namesFor(alert, 'jobs.dlq')).toEqual(['DeadLetters']);
    expect(namesFor(alert, 'parked')).toEqual([]);
  });

  test('leave to the design what it has an alert for', () => {
    expect(namesFor('{ target: jobs, metric: depth }', 'jobs')).not.toContain('Backlog');
    expect(namesFor('{ target: jobs, metric: age }', 'jobs')).not.toContain('MessagesOld');
    expect(namesFor('{ target: jobs, metric: lag, kind: derivative }', 'jobs')).not.toContain('BacklogGrows');
    expect(namesFor('{ target: jobs.dlq, metric: dlq-depth }', 'jobs.dlq')).toEqual([]);
  });

  test('watch every service and what its library cannot do', () => {
    const names = rulesOf(rabbit('{ target: parked, metric: depth }')).defaults.map(({ alert }) => alert);
    expect(names).toEqual(
      expect.arrayContaining([
        'ServiceNotReady',
        'BrokerDisconnected',
        'SendsFail',
        'StoreFails',
        'CopiesFail',
      ]),
    );
    expect(names.filter((name) => name === 'ServiceNotReady')).toHaveLength(2);
  });
});
