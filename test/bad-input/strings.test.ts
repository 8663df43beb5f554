import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Design } from '../../core/design/design.ts';
import { load } from '../../core/text/load.ts';
import { corpus } from '../generators/corpus.ts';
import { accepted, refused } from './cases.ts';
import { type Field, fields } from './fields.ts';

/** A design with one element for each field; its id is `e` and the number of the field. */
function designWith(text: string, chosen: readonly Field[]): string {
  const root: Record<string, Record<string, unknown>> = { design: { name: 'x' } };
  for (const field of chosen) {
    if (field.section === 'design') root['design'] = { ...root['design'], ...field.element(text) };
    else root[field.section] = { ...root[field.section], [`e${fields.indexOf(field)}`]: field.element(text) };
  }
  return stringify({ brokerloom: 1, ...root }, { aliasDuplicateObjects: false });
}

function elementIn(design: Design, field: Field): unknown {
  return field.section === 'design' ? design.design : design[field.section].get(`e${fields.indexOf(field)}`);
}

const free = fields.filter(({ isFree }) => isFree);
const bound = fields.filter(({ isFree }) => !isFree);

test('the fields are found by the model', () => {
  const names = fields.map(({ name }) => name);
  expect(free.length).toBeGreaterThan(80);
  expect(bound.length).toBeGreaterThan(40);
  expect(names).toEqual(
    expect.arrayContaining([
      'design.description',
      'messages.schema.*.<key>',
      'consumers.externalCalls[].name',
      'producers.headers.<key>',
      'queues.deadLetter.owner',
      'brokers.auth.secretRef',
      'queues.messageTtl',
    ]),
  );
});

describe.each(accepted)('case %i, the text %j', (_, text) => {
  test('is kept exactly in every free field', () => {
    // The design itself is one element, so its fields are tried one by one.
    const groups = [
      free.filter(({ section }) => section !== 'design'),
      ...free.filter(({ section }) => section === 'design').map((field) => [field]),
    ];
    for (const group of groups) {
      const { design, problems } = load(designWith(text, group));
      expect(problems).toEqual([]);
      for (const field of group)
        expect({ field: field.name, element: elementIn(design as Design, field) }).toEqual({
          field: field.name,
          element: expect.objectContaining(field.element(text)),
        });
    }
  });

  test('is refused with its place in every field that takes certain texts only', () => {
    for (const field of bound) {
      const { problems } = load(designWith(text, [field]));
      expect({ field: field.name, problems }).toMatchObject({
        problems: [{ code: 'LOOM_SCHEMA', at: { line: expect.any(Number), column: expect.any(Number) } }],
      });
    }
  });

  test('is among the texts that every generated file is tested with', () => {
    expect(corpus).toContain(text);
  });
});

describe.each(refused)('case %i: %s', (_, _what, text) => {
  test('is refused with its place in every field', () => {
    for (const field of fields) {
      const { design, problems } = load(designWith(text, [field]));
      expect({ field: field.name, design, problems: problems.slice(0, 1) }).toMatchObject({
        design: undefined,
        problems: [
          {
            code: expect.stringMatching(/^LOOM_(?:SCHEMA|LIMIT)$/),
            at: { line: expect.any(Number), column: expect.any(Number) },
          },
        ],
      });
    }
  });
});

describe('case 23, one text in two Unicode forms', () => {
  const head =
    'brokerloom: 1\ndesign: { name: x }\nbrokers: { b: { kind: rabbitmq }, c: { kind: rabbitmq } }\n';

  test.each(['caf\u00e9', 'cafe\u0301'])('is no id: %j', (id) => {
    const { problems } = load(`${head}services:\n  ${id}: {}\n`);
    expect(problems).toMatchObject([{ code: 'LOOM_NAME', at: { line: 5, column: 3 } }]);
  });

  test('cannot name two channels of a broker, but one on each of two', () => {
    const twins = (other: string) =>
      load(
        `${head}queues:\n  a: { broker: b, name: "caf\\u00e9" }\n  z: { broker: ${other}, name: "cafe\\u0301" }\n`,
      ).problems;
    expect(twins('b')).toMatchObject([{ code: 'LOOM_NAME', at: { line: 6, column: 19 } }]);
    expect(twins('c')).toEqual([]);
  });
});
