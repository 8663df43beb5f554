import { describe, expect, test } from 'vitest';
import { checklistOutput } from '../../../../core/contract/checklist.ts';
import { checklistOf, type State } from '../../../../core/review/checklist/checklist.ts';
import { checklistFormats } from '../../../../core/review/checklist/formats/index.ts';
import { questions } from '../../../../core/review/checklist/questions.ts';
import { type ReviewOptions, review } from '../../../../core/review/review.ts';
import { rules } from '../../../../core/rules/registry.ts';
import { designText, reviewable } from '../../rules/tester.ts';
import { someRules } from '../selection.ts';

const answered = (sections: string, options: ReviewOptions = {}) => {
  const subject = reviewable(designText(sections));
  const asked = { only: someRules, ...options };
  return checklistOf(subject, review(subject, asked), asked);
};
const answerTo = (id: string, sections: string, options?: ReviewOptions) => {
  const answer = answered(sections, options).answers.find(({ question }) => question.id === id);
  if (!answer) throw new Error(`no question ${id}`);
  return answer;
};

test('every rule decides some question', () => {
  const decided = new Set(questions.flatMap(({ gates, supporting }) => [...gates, ...supporting]));
  expect(Object.keys(rules).filter((id) => !decided.has(id))).toEqual([]);
});

test('no rule stands twice in a question, and what it asks for is one of its gates', () => {
  for (const { gates, supporting, asks = [] } of questions) {
    const all = [...gates, ...supporting];
    expect(new Set(all).size).toBe(all.length);
    expect(gates).toEqual(expect.arrayContaining([...asks]));
  }
});

describe('an answer is', () => {
  const consumer = (attributes: string, more = '') => `
queues: { jobs: { broker: mq${more} } }
consumers: { work: { channel: jobs, ${attributes} } }
flows: { orders: { to: [work], ordering: none } }
`;
  test.each<[State, string]>([
    ['fail', consumer('sideEffects: [card-charge]')],
    ['unknown', consumer('ack: after')],
    ['pass', consumer('sideEffects: [card-charge], idempotency: standard')],
    ['n/a', consumer('sideEffects: []')],
  ])('%s', (state, design) => {
    expect(answerTo('idempotency', design).state).toBe(state);
  });

  test('a warning where only a supporting rule finds something', () => {
    const design = 'exchanges: { out: { broker: mq } }\nproducers: { tell: { channel: out } }\n';
    expect(answerTo('pattern', design)).toMatchObject({
      state: 'warn',
      evidence: { findings: [{ ruleId: 'pattern/topic-without-subscriber' }] },
    });
  });

  test('unknown where a requirement is not stated, whatever severity that has', () => {
    const design = consumer('sideEffects: []').replace(', ordering: none', '');
    expect(answerTo('ordering', design).state).toBe('unknown');
  });

  test('waived where all that fails has been accepted', () => {
    const waiver = 'waivers: { w: { rule: dlq/required, target: queues/jobs, reason: a test } }\n';
    const answer = answerTo('dead-letters', consumer('sideEffects: []') + waiver);
    expect(answer).toMatchObject({ state: 'waived', evidence: { waived: [{ waiver: 'w' }] } });
    expect(answerTo('dead-letters', consumer('sideEffects: []')).state).toBe('fail');
  });

  test('waived, not passed, where the configuration turns its rules off', () => {
    const answer = answerTo('dead-letters', consumer('sideEffects: []'), { level: () => 'off' });
    expect(answer).toMatchObject({ state: 'waived', evidence: { rules: [] } });
    expect(answer.evidence.off).toContain('dlq/required');
  });
});

test('what passes by a generated default is evidence', () => {
  const answer = answerTo('idempotency', 'consumers: { work: { sideEffects: [x], idempotency: standard } }');
  expect(answer.evidence.defaults).toContainEqual(
    expect.objectContaining({ elements: ['consumers/work'], attribute: 'consumers.ack', value: 'after' }),
  );
});

describe('flows', () => {
  const DESIGN = `
exchanges: { events: { broker: mq } }
queues:
  billing: { broker: mq, deadLetter: true }
  mail: { broker: mq }
  lost: { broker: mq }
bindings:
  b: { source: events, destination: billing, routingKey: '#' }
  m: { source: events, destination: mail, routingKey: '#' }
producers: { shop: { channel: events } }
consumers:
  charge: { channel: billing, sideEffects: [] }
  send: { channel: mail, sideEffects: [] }
  other: { channel: lost, sideEffects: [] }
flows:
  paying: { pattern: topic, from: [shop], to: [charge], ordering: none }
  mailing: { pattern: queue, from: [shop], to: [send], ordering: none }
`;

  test('are answered one by one, by what lies on their way', () => {
    expect(answerTo('dead-letters', DESIGN)).toMatchObject({
      state: 'fail',
      flows: [
        { flow: 'paying', state: 'pass' },
        { flow: 'mailing', state: 'fail' },
      ],
    });
  });

  test('of another pattern do not count for a question about one', () => {
    const only = (id: string) => answerTo(id, DESIGN).flows.map(({ flow }) => flow);
    expect(only('task-queues')).toEqual(['mailing']);
    expect(only('fan-out')).toEqual(['paying']);
    expect(answerTo('history', DESIGN).state).toBe('n/a');
  });

  test('do not hide what belongs to none of them', () => {
    const repaired = DESIGN.replace('mail: { broker: mq }', 'mail: { broker: mq, deadLetter: true }');
    const answer = answerTo('dead-letters', repaired);
    expect(answer.flows.map(({ state }) => state)).toEqual(['pass', 'pass']);
    expect(answer).toMatchObject({ state: 'fail', evidence: { findings: [{ element: 'queues/lost' }] } });
  });
});

describe('forms', () => {
  const file = {
    file: 'a b.loom.yaml',
    checklist: answered('queues: { "jobs": { broker: mq } }\nconsumers: { work: { channel: jobs } }\n'),
  };

  test('json is as its schema says', () => {
    const output = checklistOutput.parse(JSON.parse(checklistFormats.json(file)));
    expect(output.answers.map(({ number }) => number)).toEqual(questions.map((_, index) => index + 1));
    expect(Object.values(output.counts).reduce((sum, count) => sum + count, 0)).toBe(questions.length);
  });

  test('markdown links to the line and holds the evidence', () => {
    const text = checklistFormats.markdown(file);
    expect(text).toMatch(/^## Design review checklist: \d+ fail/);
    expect(text).toContain('| 6 | Is there a dead-letter queue for failed messages? | **Fail** |');
    expect(text).toMatch(/\[`queues\/jobs`\]\(a%20b\.loom\.yaml#L\d+\)/);
    expect(text).toContain('not stated: `consumers.sideEffects` of `consumers/work`');
  });

  test('human names state, question and evidence', () => {
    expect(checklistFormats.human(file)).toMatch(
      /^fail {5}6 Is there a dead-letter queue.*\n {11}error line \d+: Queue jobs/m,
    );
  });
});
