import { describe, expect, test } from 'vitest';
import { load } from '../../core/text/load.ts';
import { fileOf, generated, problemsOf } from '../generators/support.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\n';
const service = (id: string): string => `${head}services:\n  ${JSON.stringify(id)}: {}\n`;

/** One queue, one producer and one consumer of a service, whose message has a property. */
const working = (id: string, property = 'a'): string => `brokerloom: 1
design: { name: small }
brokers: { main: { kind: rabbitmq } }
services: { ${JSON.stringify(id)}: {} }
messages:
  job: { schema: { type: object, properties: { ${JSON.stringify(property)}: { type: string } } }, examples: [{ ${JSON.stringify(property)}: b }] }
queues: { jobs: { broker: main, deadLetter: true } }
producers: { client: { service: ${JSON.stringify(id)}, channel: jobs, messages: [job] } }
consumers: { work: { service: ${JSON.stringify(id)}, channel: jobs, idempotency: standard } }
`;

test.each([
  [28, 'class'],
  [29, 'arguments'],
  [31, 'constructor'],
  [32, 'toString'],
  [33, '1st'],
])('case %i: %s is a name like any other', (_, id) => {
  const tree = generated(working(id));
  expect(fileOf(tree, `services/${id}/src/service.ts`)).toContain(`name: '${id}'`);
});

test.each([
  [30, '__proto__'],
  [34, ''],
  [35, 'a b'],
  [39, 'a'.repeat(300)],
  [40, 'a: string; }; x(); {'],
])('case %i: %j is no id', (_, id) => {
  const { design, problems } = load(service(id));
  expect(design).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'LOOM_NAME', at: { line: 4, column: 3 } }]);
});

test('case 30: __proto__ is no key anywhere', () => {
  for (const text of [
    'services: { a: { __proto__: { owner: b } } }',
    'messages: { a: { schema: { properties: { __proto__: {} } } } }',
    'messages: { a: { examples: [{ __proto__: 1 }] } }',
    'producers: { a: { headers: { __proto__: b } } }',
    'extra: { __proto__: 1 }',
  ])
    expect(load(`${head}${text}\n`).problems).toMatchObject([{ code: 'LOOM_NAME', at: { line: 3 } }]);
});

test('case 36: two ids that would be one name in code are refused before anything is generated', () => {
  const text = `${head}brokers: { main: { kind: rabbitmq } }\nmessages:\n  a-b: {}\n  a_b: {}\n`;
  expect(problemsOf(text)).toMatchObject([{ code: 'LOOM_NAME', element: 'messages/a_b' }]);
});

test('case 37: two ids that differ only in case are refused', () => {
  const { problems } = load(`${head}services:\n  Pay: {}\n  pay: {}\n`);
  expect(problems).toMatchObject([{ code: 'LOOM_NAME', at: { line: 5, column: 3 } }]);
  expect(load(`${head}services: { Pay: {} }\nmessages: { pay: {} }\n`).problems).toEqual([]);
});

describe('case 38: letters that look like others', () => {
  const queue = (name: string): string =>
    `${head}brokers: { b: { kind: rabbitmq } }\nqueues:\n  a: { broker: b, name: "${name}" }\n`;

  test('are refused in ids and warned of in names', () => {
    expect(load(service('p\u0430y')).problems).toMatchObject([{ code: 'LOOM_NAME' }]);
    const { problems, notices } = load(queue('p\\u0430y.orders'));
    expect(problems).toEqual([]);
    expect(notices).toMatchObject([
      {
        id: 'document/mixed-scripts',
        severity: 'warn',
        at: 'queues/a',
        message: expect.stringContaining('\u0430 (U+0430)'),
      },
    ]);
  });

  test.each(['Größe', 'заказы', 'παραγγελίες', '注文.orders', 'заказы.orders'])(
    '%s is no mixture',
    (name) => {
      expect(load(queue(name)).notices).toEqual([]);
    },
  );
});

test.each([
  [40, 'a: string; }; x(); {'],
  [41, 'status'],
  [41, 'Retry-After'],
])('case %i: the property %j keeps its name on the wire', (_, property) => {
  const tree = generated(working('worker', property));
  const schema = JSON.parse(fileOf(tree, 'contracts/schemas/job.json'));
  expect(Object.keys(schema.properties)).toEqual([property]);
  const [example] = JSON.parse(fileOf(tree, 'contracts/examples/job.json'));
  expect(example).toEqual({ [property]: 'b' });
  const type = fileOf(tree, 'contracts/messages/job.ts');
  expect(type).toContain(property === 'status' ? '  status?: string' : `  '${property}'?: string`);
});
