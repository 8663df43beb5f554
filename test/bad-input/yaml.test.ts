import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Session } from '../../core/history/session.ts';
import { load } from '../../core/text/load.ts';
import { generated } from '../generators/support.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\n';

test.each<[number, string, string, string, number]>([
  [59, 'an alias of what it stands in', `${head}services: &a { b: *a }\n`, 'LOOM_SYNTAX', 3],
  [
    61,
    'a merge with __proto__',
    `${head}services: { a: { <<: { __proto__: {} } } }\n`,
    'LOOM_(?:NAME|SYNTAX)',
    3,
  ],
  [62, 'a key that stands twice', `${head}services:\n  a: {}\n  a: {}\n`, 'LOOM_SYNTAX', 5],
  [63, 'a tag', `${head}services: { a: { owner: !!js/function "f" } }\n`, 'LOOM_SYNTAX', 3],
  [63, 'a tag of its own', `${head}services: { a: { owner: !env HOME } }\n`, 'LOOM_SYNTAX', 3],
  [64, 'an ordered map', `${head}x: !!omap\n- a: 1\n`, 'LOOM_SYNTAX', 3],
  [65, 'several documents', `${head}---\n${head}`, 'LOOM_SYNTAX', 3],
  [67, 'tabs', `${head}services:\n\ta: {}\n`, 'LOOM_SYNTAX', 4],
  [
    68,
    '2^53 + 1, which no JSON number holds',
    `${head}messages: { a: { examples: [{ n: 9007199254740993 }] } }\n`,
    'LOOM_SCHEMA',
    3,
  ],
  [68, 'a number that is none', `${head}messages: { a: { examples: [{ n: .inf }] } }\n`, 'LOOM_SCHEMA', 3],
  [68, 'a number where text belongs', `${head}services: { a: { owner: 1e3 } }\n`, 'LOOM_SCHEMA', 3],
  [
    70,
    'conflict markers',
    `${head}queues:\n<<<<<<< ours\n  a: {}\n=======\n  b: {}\n>>>>>>> theirs\n`,
    'LOOM_CONFLICT_MARKERS',
    4,
  ],
  [71, 'a text that is cut off', `${head}queues: { a: { broker: "w`, 'LOOM_SYNTAX', 3],
])('case %i: %s is refused with its place', (_, _what, text, code, line) => {
  const { design, problems } = load(text);
  expect(design).toBeUndefined();
  expect(problems[0]).toMatchObject({
    code: expect.stringMatching(new RegExp(`^${code}$`)),
    at: { line, column: expect.any(Number) },
  });
});

test('case 68: words of older YAML, and numbers, are what is written', () => {
  const text = `${head}services: { a: { owner: no } }
messages: { a: { examples: [{ b: 1e3, c: "9007199254740993", d: 9007199254740991, e: 1180591620717411303424 }] } }
`;
  const { design, problems } = load(text);
  expect(problems).toEqual([]);
  expect(design?.services.get('a')).toEqual({ owner: 'no' });
  expect(design?.messages.get('a')?.examples).toEqual([
    { b: 1000, c: '9007199254740993', d: 9007199254740991, e: 2 ** 70 },
  ]);
});

test('case 68: minus zero is zero wherever it is generated', () => {
  const tree = generated(`${head}brokers: { b: { kind: rabbitmq } }
messages: { a: { schema: { properties: { n: { minimum: -0 } } }, examples: [{ n: -0 }] } }
`);
  expect(tree.get('contracts/examples/a.json')?.content.replaceAll(/\s/g, '')).toBe('[{"n":0}]');
  expect(tree.get('contracts/schemas/a.json')?.content).toMatch(/"minimum": 0\b/);
});

test('case 69: what looks like a date is text', () => {
  const { design } = load(`${head}services: { a: { owner: 2026-01-01, description: 12:30:00 } }\n`);
  expect(design?.services.get('a')).toEqual({ owner: '2026-01-01', description: '12:30:00' });
});

test.each(['', '\n', '# nothing\n', '\ufeff'])('case 72: an empty file %j is refused', (text) => {
  const { design, problems } = load(text);
  expect(design).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'LOOM_FORMAT' }]);
});

test('case 73: CRLF stays CRLF through an edit', () => {
  const text = stringify({ brokerloom: 1, design: { name: 'x' }, services: { a: { owner: 'b' } } });
  const session = new Session(text.replaceAll('\n', '\r\n'));
  expect(
    session.run('element.set', { address: 'services/a', field: ['description'], value: 'c' }),
  ).toMatchObject({
    ok: true,
  });
  expect(session.text.match(/\r\n/g)).toHaveLength(7);
  expect(session.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});
