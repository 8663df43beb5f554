import { describe, expect, it } from 'vitest';
import type { Message } from '../../../core/design/design.ts';
import { checkVersions, modeOf } from '../../../core/messages/compatibility.ts';
import { obstaclesOf } from '../../../core/messages/readable.ts';
import type { Schema } from '../../../core/messages/schema.ts';

const object = (properties: Record<string, unknown>, required: readonly string[] = []): Schema => ({
  type: 'object',
  required,
  properties,
});
const text = { type: 'string' };
const tree = (leaf: unknown): Schema => ({
  $ref: '#/$defs/node',
  $defs: {
    node: {
      type: 'object',
      properties: { leaf, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
    },
  },
});

const certain = (reader: Schema, writer: Schema): string[] =>
  obstaclesOf(reader, writer).map(
    ({ pointer, message, isCertain }) => `${isCertain ? '' : '? '}${pointer} ${message}`,
  );

describe('obstaclesOf', () => {
  it.each([
    ['the same schema', object({ a: text }, ['a']), object({ a: text }, ['a'])],
    ['a reader that takes all', true, object({ a: text })],
    ['a new property that may be missing', object({ a: text, b: text }, ['a']), object({ a: text }, ['a'])],
    ['a property that is no longer read', object({}), object({ a: text })],
    ['an integer where numbers are read', { type: 'number' }, { type: 'integer' }],
    ['a wider type', { type: ['string', 'null'] }, text],
    ['more values', { enum: ['a', 'b'] }, { enum: ['a'] }],
    ['a constant that is one of the values', { enum: ['a', 'b'] }, { const: 'b' }],
    ['a wider range', { type: 'integer', minimum: 0 }, { type: 'integer', minimum: 1, maximum: 5 }],
    ['a bound that excludes itself', { minimum: 1 }, { type: 'integer', exclusiveMinimum: 1 }],
    ['a coarser step', { multipleOf: 5 }, { type: 'integer', multipleOf: 10 }],
    ['a text without its format', text, { type: 'string', format: 'date-time' }],
    ['a schema that contains itself', tree(text), tree(text)],
    ['the same choice', { anyOf: [text] }, { anyOf: [text] }],
  ])('finds none: %s', (_, reader, writer) => {
    expect(certain(reader, writer)).toEqual([]);
  });

  it.each([
    [
      'a new required property',
      object({ a: text, b: text }, ['a', 'b']),
      object({ a: text }, ['a']),
      ['/b is required, and may be missing'],
    ],
    [
      'another type',
      object({ a: { type: 'integer' } }),
      object({ a: text }),
      ['/a is sent as string, accepted is integer'],
    ],
    ['a narrower type', text, { type: ['string', 'null'] }, [' is sent as null, accepted is string']],
    [
      'a type for what had none',
      object({ a: text }),
      object({ a: {} }),
      ['/a may be sent as anything, accepted is string'],
    ],
    [
      'a number where integers are read',
      { type: 'integer' },
      { type: 'number' },
      [' is sent as number, accepted is integer'],
    ],
    ['fewer values', { enum: ['a'] }, { enum: ['a', 'b'] }, [' may be "b", which is not accepted']],
    [
      'values for what had none',
      { type: 'string', enum: ['a'] },
      text,
      [' may have any value, accepted is "a"'],
    ],
    [
      'a closed object',
      { ...(object({}) as object), additionalProperties: false },
      object({ a: text }),
      ['/a is sent, and not accepted'],
    ],
    [
      'a narrower range',
      { type: 'integer', minimum: 1 },
      { type: 'integer', minimum: 0 },
      [' must be at least 1, and may be sent otherwise'],
    ],
    [
      'a shorter text',
      { type: 'string', maxLength: 3 },
      text,
      [' must be at most as long as 3, and may be sent otherwise'],
    ],
    [
      'a pattern for what had none',
      { type: 'string', pattern: 'a' },
      text,
      [' must have the pattern a, and may be sent otherwise'],
    ],
    [
      'items of another type',
      { type: 'array', items: text },
      { type: 'array', items: { type: 'integer' } },
      ['/* is sent as integer, accepted is string'],
    ],
    [
      'a schema that contains itself',
      tree({ type: 'integer' }),
      tree(text),
      ['/leaf is sent as string, accepted is integer'],
    ],
    [
      'additional properties',
      object({ a: text }),
      { type: 'object', additionalProperties: { type: 'integer' } },
      ['/a is sent as integer, accepted is string'],
    ],
  ])('finds %s', (_, reader, writer, expected) => {
    expect(certain(reader as Schema, writer as Schema)).toEqual(expected);
  });

  it.each([
    [
      'another pattern',
      { type: 'string', pattern: 'a' },
      { type: 'string', pattern: 'b' },
      '?  has another pattern, which is not compared',
    ],
    [
      'another choice',
      { anyOf: [text] },
      { oneOf: [text] },
      '?  differs in anyOf, whose effect is not compared',
    ],
    [
      'another file',
      { $ref: 'a.json' },
      { $ref: 'b.json' },
      '?  refers to another file, which is not compared',
    ],
  ])('does not guess: %s', (_, reader, writer, expected) => {
    expect(certain(reader as Schema, writer as Schema)).toContain(expected);
    expect(obstaclesOf(reader as Schema, writer as Schema).every(({ isCertain }) => !isCertain)).toBe(true);
  });
});

describe('checkVersions', () => {
  const message = (compatibility?: Message['compatibility']): Message =>
    ({
      version: 3,
      schema: object({ a: text, b: text }, ['a', 'b']),
      versions: [
        { version: 1, schema: object({ a: text }) },
        { version: 2, schema: object({ a: text, b: text }, ['a', 'b']) },
      ],
      ...(compatibility && { compatibility }),
    }) as Message;
  const asked = (value: Message, isOnLog = false) =>
    checkVersions(value, modeOf(value, isOnLog))
      .filter(({ isAsked }) => isAsked)
      .map(({ earlier, direction, verdict }) => `${direction} ${earlier}: ${verdict}`);

  it.each([
    ['backward', undefined, ['backward 2: compatible']],
    ['none', 'none', []],
    ['forward', 'forward', ['forward 2: compatible']],
    ['full', 'full', ['backward 2: compatible', 'forward 2: compatible']],
    ['backward_transitive', 'backward_transitive', ['backward 2: compatible', 'backward 1: breaking']],
    [
      'full_transitive',
      'full_transitive',
      ['backward 2: compatible', 'forward 2: compatible', 'backward 1: breaking', 'forward 1: compatible'],
    ],
  ] as const)('asks what the mode %s asks for', (_, mode, expected) => {
    expect(asked(message(mode))).toEqual(expected);
  });

  it('asks for all versions where messages stay in a log', () => {
    expect(asked(message(), true)).toEqual(['backward 2: compatible', 'backward 1: breaking']);
  });

  it('does not guess about a version without a schema', () => {
    const value = { ...message(), versions: [{ version: 2 }] } as Message;
    expect(asked(value)).toEqual(['backward 2: unknown']);
  });
});
