import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load } from '../../../core/text/load.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\n';

/** Nine levels of nine aliases: 387 million values when written out. */
const aliasBomb = `${head}a: &a [${Array(9).fill('"x"').join(',')}]\n${[...'bcdefghi']
  .map(
    (c) =>
      `${c}: &${c} [${Array(9)
        .fill(`*${String.fromCharCode(c.charCodeAt(0) - 1)}`)
        .join(',')}]`,
  )
  .join('\n')}\n`;

/** Services on one line each. */
function elements(count: number, attribute: string): string {
  const lines = Array.from({ length: count }, (_, i) => `  s${i}: { ${attribute} }\n`);
  return `${head}services:\n${lines.join('')}`;
}

const refused: readonly [
  what: string,
  text: string,
  code: string,
  line: number | undefined,
  message: RegExp,
][] = [
  ['an alias bomb', aliasBomb, 'LOOM_LIMIT', undefined, /aliases/],
  [
    'an alias bomb within one element',
    `${head}messages:\n  m:\n${aliasBomb.slice(head.length).replace(/^/gm, '    ')}\n`,
    'LOOM_LIMIT',
    undefined,
    /aliases/,
  ],
  [
    '5,000 nested lists',
    `${head}x: ${'['.repeat(5000)}${']'.repeat(5000)}`,
    'LOOM_LIMIT',
    3,
    /nested deeper than 64/,
  ],
  ['5,000 compact lists', `${head}x:\n  ${'- '.repeat(5000)}a\n`, 'LOOM_LIMIT', 4, /nested deeper/],
  [
    '2,000 indented maps',
    `${head}x:\n${Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('')}`,
    'LOOM_LIMIT',
    67,
    /nested deeper/,
  ],
  [
    'a convention for no section',
    'brokerloom: 1\ndesign:\n  name: x\n  naming:\n    queue: "[a-z]+"\n',
    'LOOM_SCHEMA',
    5,
    /design\.naming\.queue: is no section/,
  ],
  ['100,000 elements', elements(100_000, 'owner: a'), 'LOOM_LIMIT', 50_003, /more than 50,000 elements/],
  [
    '2,000,000 words for the parser',
    elements(10_000, `x: ["\\t"${', a'.repeat(100)}]`),
    'LOOM_LIMIT',
    2402,
    /more than 1,000,000 words/,
  ],
  ['11 million characters', `${head}#${'x'.repeat(11_000_000)}`, 'LOOM_LIMIT', undefined, /characters/],
  [
    'conflict markers',
    `${head}queues:\n<<<<<<< HEAD\n  a: {}\n=======\n  b: {}\n>>>>>>> other\n`,
    'LOOM_CONFLICT_MARKERS',
    4,
    /unfinished git merge/,
  ],
  ['duplicate keys', `${head}queues:\n  a: { broker: w }\n  a: { broker: w }\n`, 'LOOM_SYNTAX', 5, /unique/],
  ['an unknown tag', `${head}x: !!js/function "f"\n`, 'LOOM_SYNTAX', 3, /tag/i],
  ['two documents', `${head}---\na: 1\n`, 'LOOM_SYNTAX', 3, /document/],
  ['tabs', `${head}queues:\n\ta: {}\n`, 'LOOM_SYNTAX', 4, /tab/i],
  ['a cut-off file', `${head}queues: { a: { broker: w`, 'LOOM_SYNTAX', 3, /./],
  ['nothing', '', 'LOOM_FORMAT', undefined, /not a Brokerloom design/],
  ['a list', '- a\n', 'LOOM_FORMAT', undefined, /not a Brokerloom design/],
  ['another YAML file', 'asyncapi: 3.0.0\n', 'LOOM_FORMAT', 1, /which format/],
  ['a newer format', 'brokerloom: 99\ndesign: { name: x }\n', 'LOOM_FORMAT', 1, /format 99/],
  ['a path as a service name', `${head}services:\n  ../../x: {}\n`, 'LOOM_NAME', 4, /cannot be an id/],
  [
    'a prototype as a name',
    `${head}queues:\n  __proto__: { broker: w }\n`,
    'LOOM_NAME',
    4,
    /cannot be an id/,
  ],
  ['a device as a name', `${head}services:\n  con: {}\n`, 'LOOM_NAME', 4, /cannot be an id/],
  [
    'a name of 300 characters',
    `${head}services:\n  ${'a'.repeat(300)}: {}\n`,
    'LOOM_NAME',
    4,
    /cannot be an id/,
  ],
  [
    'one name for two channels',
    `${head}queues:\n  a: { broker: w }\nstreams:\n  a: { broker: w }\n`,
    'LOOM_NAME',
    6,
    /in queues already/,
  ],
  [
    'a number where text belongs',
    `${head}brokers:\n  w: { kind: rabbitmq, version: 4.3 }\n`,
    'LOOM_SCHEMA',
    4,
    /expected string/,
  ],
  [
    'a missing attribute',
    `${head}queues:\n  a: { type: quorum }\n`,
    'LOOM_SCHEMA',
    4,
    /queues\.a\.broker: is missing/,
  ],
  [
    'a value that is not typed yet',
    `${head}queues:\n  a: { broker: }\n`,
    'LOOM_SCHEMA',
    4,
    /broker: is empty/,
  ],
  ['an unknown value', `${head}queues:\n  a:\n    broker: w\n    type: fast\n`, 'LOOM_SCHEMA', 6, /quorum/],
  [
    'a duration without unit',
    `${head}queues:\n  a: { broker: w, messageTtl: "30" }\n`,
    'LOOM_SCHEMA',
    4,
    /not a duration/,
  ],
  ['negative retries', `${head}retryPolicies:\n  r: { maxAttempts: -2 }\n`, 'LOOM_SCHEMA', 4, />=\s?-1/],
  ['a NUL character', `${head}services:\n  a: { owner: "a\\0b" }\n`, 'LOOM_SCHEMA', 4, /control character/],
  [
    'a bidirectional control',
    `${head}services:\n  a: { owner: "a\\u202eb" }\n`,
    'LOOM_SCHEMA',
    4,
    /bidirectional/,
  ],
];

describe('load', () => {
  it.each(refused)('refuses %s', (_, text, code, line, message) => {
    const { design, problems } = load(text);
    expect(design).toBeUndefined();
    const [problem] = problems;
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(problem?.at?.line).toBe(line);
  });

  it.each(['fulfilment', 'naive', 'orders'])('reads the example %s without a remark', (name) => {
    const { problems, notices } = load(readFileSync(`examples/${name}.loom.yaml`, 'utf8'));
    expect({ problems, notices }).toEqual({ problems: [], notices: [] });
  });

  it.each(['', ' 5', ' text', ' [a]'])('says what an element lacks that is written as `a:%s`', (value) => {
    const { problems } = load(`${head}queues:\n  a:${value}\n`);
    expect(problems.map(({ code }) => code)).toEqual(['LOOM_SCHEMA']);
  });

  it('takes names that are special to JavaScript for names', () => {
    const { design } = load(`${head}services:\n  constructor: {}\n  toString: { owner: t }\n  class: {}\n`);
    expect([...(design?.services.keys() ?? [])]).toEqual(['constructor', 'toString', 'class']);
  });

  it('keeps words of older YAML versions as text', () => {
    const { design } = load(`${head}services:\n  a: { owner: no, description: 2026-01-01 }\n`);
    expect(design?.services.get('a')).toEqual({ owner: 'no', description: '2026-01-01' });
  });

  it('reports references that lead nowhere and keys that nobody reads, with what was probably meant', () => {
    const { notices, design } = load(
      `${head}brokers:\n  work: { kind: rabbitmq }\nqueues:\n  a: { broker: wrok, maxLenght: 5 }\n`,
    );
    expect(notices.map(({ id, at, message }) => [id, at, message])).toEqual([
      [
        'document/unknown-reference',
        'queues/a',
        'broker names "wrok", which is not among the brokers; did you mean work?',
      ],
      [
        'document/unknown-key',
        'queues/a',
        'maxLenght is no attribute of a queue and has no effect; did you mean maxLength?',
      ],
    ]);
    expect(design?.queues.get('a')).toHaveProperty('maxLenght', 5);
  });
});
