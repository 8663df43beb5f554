import { describe, expect, test } from 'vitest';
import type { Report } from '../../../core/review/report.ts';
import { type ReviewOptions, review } from '../../../core/review/review.ts';
import { designText, reviewable } from '../rules/tester.ts';
import { someRules } from './selection.ts';

const run = (design: string, options?: ReviewOptions): Report =>
  review(reviewable(designText(design)), { only: someRules, ...options });
const brief = ({ findings }: Report): string[] =>
  findings.map(({ ruleId, severity, element, line }) => `${line} ${severity} ${ruleId} ${element}`);

const EARLY_ACK = 'consumers: { work: { ack: before, sideEffects: [] } }\n';

describe('findings', () => {
  test('come in the order of the file, whatever the order of the rules', () => {
    const report = run(`
producers:
  tell: { channel: jobs, mandatory: false }
consumers:
  work: { channel: jobs, ack: before, sideEffects: [] }
queues:
  jobs: { broker: mq }
`);
    const lines = report.findings.map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual([
      'rabbitmq/unroutable-handled',
      'ordering/requirement-stated',
      'idempotency/ack-after-processing',
      'dlq/required',
    ]);
  });

  test('mark the attribute, or the element where the attribute is missing', () => {
    const text = designText(`
queues:
  jobs: { broker: mq }
consumers:
  work: { channel: jobs, sideEffects: [], ack: before }
`);
    const marked = review(reviewable(text), { only: someRules }).findings.map(
      ({ ruleId, line, column, endLine, endColumn }) => {
        expect(endLine).toBe(line);
        return `${ruleId}: ${text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)}`;
      },
    );
    expect(marked).toEqual([
      'dlq/required: jobs',
      'ordering/requirement-stated: work',
      'idempotency/ack-after-processing: ack: before',
    ]);
  });

  test('name elements and state the consequence', () => {
    const [finding] = run(EARLY_ACK).findings;
    expect(finding?.message).toBe('Consumer work acknowledges a message before it has processed it.');
    expect(finding?.consequence).toBe(
      'Messages in work are lost whenever the process dies, and nothing redelivers them.',
    );
    expect(finding?.fix).toMatchObject({ label: 'Acknowledge after the handler', safe: true });
  });

  test('are the same for two runs over the same text', () => {
    const plain = (report: Report): string => JSON.stringify(report);
    expect(plain(run(EARLY_ACK))).toBe(plain(run(EARLY_ACK)));
  });
});

describe('notices of reading the file', () => {
  const typos = `
queues: { jobs: { broker: mq, deadletter: true } }
consumers: { work: { channel: jbos, sideEffects: [], ack: after } }
`;

  test('are findings', () => {
    expect(brief(run(typos))).toEqual([
      '11 warn document/unknown-key queues/jobs',
      '12 error document/unknown-reference consumers/work',
    ]);
  });

  test('keep their severity in a local design', () => {
    expect(brief(run(`design: { name: test }\n${typos}`)).map((line) => line.split(' ')[1])).toEqual([
      'warn',
      'error',
    ]);
  });
});

describe('severity', () => {
  test('is one step milder where the environment is local, which is the default', () => {
    for (const environment of ['', ', environment: local']) {
      const [finding] = run(`design: { name: test${environment} }\n${EARLY_ACK}`).findings;
      expect(finding).toMatchObject({ severity: 'warn', relaxed: 'local' });
    }
    const [finding] = run(`design: { name: test, environment: staging }\n${EARLY_ACK}`).findings;
    expect(finding?.severity).toBe('error');
    expect(finding).not.toHaveProperty('relaxed');
  });

  test('is one step milder where losing a message is accepted, and never two', () => {
    const channel = (design: string) =>
      run(`${design}
queues: { jobs: { broker: mq, criticality: lossTolerant } }
consumers: { work: { channel: jobs, sideEffects: [] } }
flows: { measure: { to: [work], ordering: none } }
`).findings;
    expect(channel('')).toMatchObject([
      { ruleId: 'dlq/required', severity: 'warn', relaxed: 'lossTolerant' },
    ]);
    expect(channel('design: { name: test }')).toMatchObject([{ severity: 'warn', relaxed: 'local' }]);
  });
});

test('losses that are accepted on a channel do not excuse a policy of the same name', () => {
  const report = run(`
idempotencyPolicies: { jobs: { strategy: key-store, claim: before } }
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { channel: jobs, sideEffects: [], idempotency: jobs } }
flows: { measure: { to: [work], ordering: none, criticality: lossTolerant } }
`);
  expect(brief(report)).toEqual(['11 error idempotency/claim-has-lease idempotencyPolicies/jobs']);
});

describe('unknowns', () => {
  test('are grouped by attribute and are no findings', () => {
    const report = run('consumers: { work: {}, help: {} }');
    expect(report.findings).toEqual([]);
    expect(report.unknowns).toEqual([
      {
        attribute: 'consumers.sideEffects',
        doc: expect.stringContaining('What the handler changes'),
        rules: ['idempotency/consumer-strategy-declared'],
        elements: ['consumers/work', 'consumers/help'],
      },
    ]);
    expect(report.counts).toMatchObject({ unknown: 1, error: 0, warn: 0 });
  });
});

describe('passes by generated default', () => {
  test('are grouped by rule and attribute, with the value and its reason', () => {
    const { passedByDefault, counts } = run(
      'consumers: { work: { sideEffects: [] }, help: { sideEffects: [] } }',
    );
    expect(counts.passedByDefault).toBe(2);
    expect(passedByDefault).toEqual([
      {
        ruleId: 'idempotency/ack-after-processing',
        attribute: 'consumers.ack',
        value: 'after',
        why: 'anything else loses the message in a crash',
        elements: ['consumers/work', 'consumers/help'],
      },
    ]);
  });
});

describe('derived elements', () => {
  test('send their findings to the shorthand that implies them', () => {
    const report = run(`
services: { shop: {}, ops: {} }
queues:
  jobs:
    broker: mq
    deadLetter: true
consumers:
  inspect: { service: ops, channel: jobs.dlq, sideEffects: [] }
  replay: { service: shop, channel: jobs.dlq, sideEffects: [] }
`);
    const shared = report.findings.find(({ ruleId }) => ruleId === 'pattern/competing-services-on-queue');
    expect(shared).toMatchObject({ element: 'queues/jobs', field: 'deadLetter', line: 15 });
    expect(shared?.message).toContain('Queue jobs.dlq is shared by 2 services');
  });
});

describe('waivers', () => {
  const waived = (waiver: string, options?: ReviewOptions) =>
    run(`${EARLY_ACK}waivers: { early: { reason: load test, ${waiver} } }`, options);

  test('take findings out and keep who accepted them', () => {
    const report = waived(
      'rule: idempotency/ack-after-processing, target: consumers/work, owner: team-a, until: "2027-01-31"',
      { today: '2027-01-31' },
    );
    expect(report.findings).toEqual([]);
    expect(report.waived).toMatchObject([
      {
        waiver: 'early',
        reason: 'load test',
        owner: 'team-a',
        until: '2027-01-31',
        finding: { ruleId: 'idempotency/ack-after-processing', severity: 'error' },
      },
    ]);
    expect(report.counts).toMatchObject({ error: 0, waived: 1 });
  });

  test('hold for the whole design without a target', () => {
    expect(waived('rule: idempotency/ack-after-processing').counts).toMatchObject({ error: 0, waived: 1 });
  });

  test('accept nothing after their last day', () => {
    const report = waived('rule: idempotency/ack-after-processing, until: "2027-01-31"', {
      today: '2027-02-01',
    });
    expect(report.findings.map(({ ruleId }) => ruleId).sort()).toEqual([
      'idempotency/ack-after-processing',
      'waiver/expired',
    ]);
    expect(report.waived).toEqual([]);
  });

  test('are findings where they match nothing', () => {
    const report = waived('rule: idempotency/ack-after-processing, target: consumers/other');
    expect(brief(report).map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'error idempotency/ack-after-processing consumers/work',
      'warn waiver/unused waivers/early',
    ]);
  });

  test('are findings where they name no rule, with a guess', () => {
    const [, unused] = waived('rule: idempotency/ack-after-procesing').findings;
    expect(unused?.message).toBe(
      'Waiver early names rule idempotency/ack-after-procesing, which does not exist; did you mean idempotency/ack-after-processing?',
    );
  });

  test('of other rules do not hide a finding', () => {
    expect(waived('rule: dlq/required').counts).toMatchObject({ error: 1, warn: 1, waived: 0 });
  });
});

test('options that a rule does not have are refused', () => {
  expect(() => run(EARLY_ACK, { options: { 'dlq/required': { nonsense: 1 } } })).toThrow(/nonsense/);
});
