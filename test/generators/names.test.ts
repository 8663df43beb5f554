import { describe, expect, test } from 'vitest';
import { load } from '../../core/text/load.ts';
import { biomeFindings } from './biome.ts';
import { awkward, awkwardNames } from './corpus.ts';
import { exampleText, fileOf, generated, problemsOf } from './support.ts';

/** One queue, one producer, one consumer; each id can be given. */
const small = ({
  service = 'worker',
  consumer = 'work',
  message = 'job',
  extra = '',
} = {}): string => `brokerloom: 1
design: { name: small }
brokers: { main: { kind: rabbitmq, version: "4.3" } }
services: { "${service}": {} }
messages:
  "${message}": { version: 1, examples: [{ a: 1 }] }
queues:
  jobs: { broker: main, deadLetter: true, retry: standard }
producers:
  client: { service: "${service}", channel: jobs, messages: ["${message}"] }
consumers:
  "${consumer}": { service: "${service}", channel: jobs, messages: ["${message}"], idempotency: standard }
${extra}`;

describe('names', () => {
  test.each([
    '../../x',
    '/etc/x',
    'C:\\\\x',
    'a/../../b',
    '%2e%2e',
    'CON',
    'dot.',
    '.git',
    '',
    'a b',
    '__proto__',
  ])('a service called %j is refused before anything is generated', (name) => {
    const { design, problems } = load(small({ service: name }));
    expect(design).toBeUndefined();
    expect(problems[0]).toMatchObject({ code: 'LOOM_NAME', at: { line: expect.any(Number) } });
  });

  test('reserved words and names that the code uses itself are told apart', () => {
    const tree = generated(awkward());
    expect(biomeFindings(tree)).toBe('');
    for (const name of awkwardNames)
      expect(fileOf(tree, `services/${name}/src/service.ts`)).toContain(`name: '${name}'`);
    expect(fileOf(tree, 'services/class/src/service.ts')).toContain('messages: [contracts.class_]');
  });

  test.each([
    ['messages', 'a-b', 'a_b', 'messages:\n  a-b: {}\n  a_b: {}\n'],
    ['messages', 'Job-done', 'job.done', 'messages:\n  Job-done: {}\n  job.done: {}\n'],
    ['brokers', 'my-mq', 'my_mq', 'brokers:\n  my-mq: { kind: rabbitmq }\n  my_mq: { kind: rabbitmq }\n'],
  ])('%s %s and %s cannot stand side by side', (section, first, second, text) => {
    const problems = problemsOf(`brokerloom: 1\ndesign: { name: x }\n${text}`);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'LOOM_NAME', element: `${section}/${second}` }),
    );
    expect(problems[0]?.message).toContain(first);
  });

  test('a service cannot have the name of a broker, of the store or of the operator', () => {
    for (const name of ['main', 'store', 'Operator'])
      expect(problemsOf(small({ service: name }))).toEqual([
        expect.objectContaining({ code: 'LOOM_NAME', element: `services/${name}` }),
      ]);
  });

  test('a design whose name has no letter or digit gives no package', () => {
    expect(problemsOf(small().replace('name: small', 'name: "***"'))).toEqual([
      expect.objectContaining({ code: 'LOOM_NAME' }),
    ]);
  });

  test('long names and many messages keep the layout', () => {
    const ids = Array.from({ length: 9 }, (_, i) => `replenishment.requested.supplier-${i}`);
    const text = exampleText('fulfilment')
      .replaceAll('take-payment', 'take-payment-for-the-placed-order')
      .replace(
        'messages:\n',
        `messages:\n${ids.map((id) => `  ${id}: { examples: [{ n: [1, 2, 3] }] }\n`).join('')}`,
      )
      .replaceAll('messages: [order.created]', `messages: [order.created, ${ids.join(', ')}]`)
      .replace('routingKey: order.created', 'routingKey: "#"');
    expect(biomeFindings(generated(text))).toBe('');
  });
});
