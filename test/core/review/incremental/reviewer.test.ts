import { describe, expect, test } from 'vitest';
import { Session } from '../../../../core/history/session.ts';
import { Reviewer } from '../../../../core/review/incremental/reviewer.ts';
import type { Report } from '../../../../core/review/report.ts';
import { type ReviewOptions, review } from '../../../../core/review/review.ts';
import { rules } from '../../../../core/rules/registry.ts';
import { designText } from '../../rules/tester.ts';

const DESIGN = designText(`
exchanges:
  events: { broker: mq }
queues:
${Array.from({ length: 40 }, (_, n) => `  queue-${n}: { broker: mq, retry: standard }\n`).join('')}
consumers:
${Array.from({ length: 40 }, (_, n) => `  work-${n}: { channel: queue-${n}, ack: before, sideEffects: [] }\n`).join('')}
`);

function opened(text: string) {
  const session = new Session(text);
  const reviewer = new Reviewer();
  /** Reviews what is open now; how many judgements that took, and the findings. */
  const review = (options?: ReviewOptions) => {
    const { design, source } = session.loaded;
    if (!design || !source) throw new Error('not a design');
    const before = reviewer.evaluations;
    const { findings } = reviewer.review({ design, source }, options);
    return { findings, passed: reviewer.evaluations - before };
  };
  return { session, review };
}

const finding = (ruleId: string, element: string) => expect.objectContaining({ ruleId, element });

test('an edit has judged again what looked at it, and nothing else', () => {
  const { session, review } = opened(DESIGN);
  const first = review();
  expect(first.findings).toContainEqual(finding('idempotency/ack-after-processing', 'consumers/work-7'));
  expect(review().passed).toBe(0);
  session.run('element.set', { address: 'consumers/work-7', field: ['ack'], value: 'after' });
  const second = review();
  expect(second.findings).not.toContainEqual(finding('idempotency/ack-after-processing', 'consumers/work-7'));
  expect(second.findings).toHaveLength(first.findings.length - 1);
  expect(second.passed).toBeGreaterThan(0);
});

test('a rule about brokers that come and go says what a full review says', () => {
  const brokers = 'brokers: { mq: { kind: rabbitmq } }';
  const { session, review: again } = opened(
    designText(`${brokers}\nexchanges: { lost: { broker: mq } }\nproducers: { out: { channel: lost } }`),
  );
  const rules = (found: readonly { ruleId: string }[]) => found.map(({ ruleId }) => ruleId);
  const expectSame = () => {
    const { design, source } = session.loaded;
    if (!design || !source) throw new Error('not a design');
    expect(rules(again().findings)).toEqual(rules(review({ design, source }).findings));
  };
  expect(rules(again().findings)).toContain('pattern/topic-without-subscriber');
  const offset = session.text.indexOf(brokers);
  session.replaceText([{ offset, removed: brokers, inserted: 'brokers: {}' }]);
  expectSame();
  session.replaceText([{ offset, removed: 'brokers: {}', inserted: brokers }]);
  expectSame();
  expect(rules(again().findings)).toContain('pattern/topic-without-subscriber');
});

test('a move on the canvas has nothing judged again', () => {
  const { session, review } = opened(DESIGN);
  review();
  session.run('element.move', { moves: [{ address: 'queues/queue-3', to: [10, 20] }] });
  expect(review().passed).toBe(0);
});

test('lines that move are those of the new text', () => {
  const { session, review } = opened(DESIGN);
  const before = review().findings.map(({ line }) => line);
  session.replaceText([{ offset: 0, removed: '', inserted: '# first\n' }]);
  const after = review();
  expect(after.findings.map(({ line }) => line)).toEqual(before.map((line) => line + 1));
  expect(after.passed).toBe(0);
});

test('a design that is no longer local is judged by its new severity', () => {
  const { session, review } = opened(DESIGN.replace('environment: prod', 'environment: local'));
  expect(review().findings.some(({ severity }) => severity === 'error')).toBe(false);
  session.replaceText([{ offset: session.text.indexOf('local'), removed: 'local', inserted: 'prod' }]);
  expect(review().findings.some(({ severity }) => severity === 'error')).toBe(true);
});

test('a fix names what is free when it is offered', () => {
  const text = designText(`
services: { a: {}, b: {} }
exchanges: { events: { broker: mq } }
queues: { jobs: { broker: mq } }
bindings: { all: { source: events, destination: jobs, routingKey: '#' } }
consumers:
  one: { service: a, channel: jobs, sideEffects: [] }
  two: { service: b, channel: jobs, sideEffects: [] }
`);
  const { session, review: again } = opened(text);
  again();
  session.run('element.add', { section: 'queues', id: 'jobs.b', value: { broker: 'mq' } });
  const fix = again().findings.find(({ ruleId }) => ruleId === 'pattern/competing-services-on-queue')?.fix;
  const { design, source } = session.loaded;
  if (!design || !source) throw new Error('not a design');
  const full = review({ design, source }).findings.find(
    ({ ruleId }) => ruleId === 'pattern/competing-services-on-queue',
  )?.fix;
  expect(design.queues.has('jobs.b')).toBe(true);
  expect(fix?.patches()).toEqual(full?.patches());
  expect(JSON.stringify(fix?.patches())).toContain('jobs.b-2');
});

describe('a first review that is prepared rule by rule', () => {
  const subject = (session: Session) => {
    const { design, source } = session.loaded;
    if (!design || !source) throw new Error('not a design');
    return { design, source };
  };

  /** All of a report but what repairs would do, which are functions. */
  const said = (report: Report): unknown => JSON.parse(JSON.stringify(report));

  test('has nothing left to judge, and says what any review says', () => {
    const { session } = opened(DESIGN);
    const reviewer = new Reviewer();
    const steps = [...reviewer.prepare(subject(session))].length;
    expect(steps).toBe(Object.keys(rules).length);
    const before = reviewer.evaluations;
    expect(said(reviewer.review(subject(session)))).toEqual(said(review(subject(session))));
    expect(reviewer.evaluations).toBe(before);
  });

  test('ends when an edit is reviewed meanwhile, which finds what there is', () => {
    const { session } = opened(DESIGN);
    const reviewer = new Reviewer();
    const preparing = reviewer.prepare(subject(session));
    for (let step = 0; step < 40; step++) preparing.next();
    session.run('element.set', { address: 'consumers/work-7', field: ['ack'], value: 'after' });
    expect(said(reviewer.review(subject(session)))).toEqual(said(review(subject(session))));
    expect(preparing.next().done).toBe(true);
  });
});
