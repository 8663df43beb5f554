import { describe, expect, test } from 'vitest';
import {
  camelCase,
  constantCase,
  distinctNames,
  identifier,
  kebabCase,
  pascalCase,
} from '../../../generators/kit/identifiers.ts';

describe('identifiers', () => {
  test.each([
    ['order.created', 'orderCreated', 'OrderCreated', 'ORDER_CREATED', 'order-created'],
    ['take-payment', 'takePayment', 'TakePayment', 'TAKE_PAYMENT', 'take-payment'],
    ['class', 'class_', 'Class', 'CLASS', 'class'],
    ['1st', '_1st', 'Type1st', '1ST', '1st'],
    ['orderEvents', 'orderEvents', 'OrderEvents', 'ORDER_EVENTS', 'orderevents'],
    ['promise', 'promise', 'Promise_', 'PROMISE', 'promise'],
    ['___', '_', 'Type', '', ''],
  ])('%s', (id, camel, pascal, constant, kebab) => {
    expect([camelCase(id), pascalCase(id), constantCase(id), kebabCase(id)]).toEqual([
      camel,
      pascal,
      constant,
      kebab,
    ]);
  });

  test.each(['class', 'a-b', '', '1st', 'a b', 'x;', 'é'])('%j is refused in a template', (text) => {
    expect(() => identifier(text)).toThrow('Not an identifier');
  });

  test('two ids with one name are an error at the second', () => {
    expect(distinctNames(['a-b', 'c', 'A_b'], camelCase, (id) => `messages/${id}`)).toEqual({
      ok: false,
      error: [
        expect.objectContaining({
          code: 'LOOM_NAME',
          element: 'messages/A_b',
          message: expect.stringContaining('a-b'),
        }),
      ],
    });
  });

  test('ids with names of their own get them', () => {
    const result = distinctNames(['a-b', 'c'], camelCase, (id) => id);
    expect(result.ok && [...result.value]).toEqual([
      ['a-b', 'aB'],
      ['c', 'c'],
    ]);
  });
});
