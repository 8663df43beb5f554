import { describe, expect, test } from 'vitest';
import { kinds } from '../../../../../core/kinds/registry.ts';
import { checkPart, subfieldsOf } from '../../../../../renderer/panels/inspector/fields/subfields.ts';

describe('the parts of an object attribute', () => {
  test('come from its schema, with their meaning', () => {
    expect(subfieldsOf('producers', 'rate')).toEqual([
      { name: 'avg', doc: 'Messages per second on average.', editor: { type: 'text' } },
      { name: 'peak', doc: 'Messages per second at the peak.', editor: { type: 'text' } },
    ]);
    const strategy = subfieldsOf('queues', 'deadLetter').find((part) => part.name === 'strategy');
    expect(strategy?.editor).toEqual({ type: 'enum', values: ['at-least-once', 'at-most-once'] });
  });

  test('are none for free JSON', () => {
    expect(subfieldsOf('messages', 'schema')).toEqual([]);
  });

  test('are judged with the rest of the object as it is', () => {
    const { rate } = kinds.producers.attributes;
    expect(checkPart(rate, { avg: '5/s' }, 'peak', '10/s')).toBeUndefined();
    expect(checkPart(rate, { avg: '5/s' }, 'peak', 'many')).toBe('is not a rate such as 1000/s or 5/m');
    const { deadLetter } = kinds.queues.attributes;
    expect(checkPart(deadLetter, { target: 'x' }, 'maxReceiveCount', 0)).toBeDefined();
  });
});
