import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { checkExamples } from '../../../core/messages/examples.ts';
import { isOnLog, usersOf } from '../../../core/messages/usage.ts';
import { load } from '../../../core/text/load.ts';

describe('checkExamples', () => {
  const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

  it('says of each whether it fits, and where it does not', () => {
    const check = checkExamples(schema, [{ id: 'a' }, { id: 1 }, {}]);
    expect(check).toMatchObject({
      status: 'checked',
      verdicts: [{ fits: true }, { fits: false, pointer: '/id' }, { fits: false, pointer: '' }],
    });
  });

  it.each([
    ['there is none', undefined, 'The message has no schema.'],
    [
      'it is in another file',
      { $ref: 'order.json' },
      'The schema refers to "order.json", which is not read.',
    ],
    ['it is none', { pattern: '(' }, 'The schema cannot be used'],
  ])('does not guess where the schema cannot be used: %s', (_, given, reason) => {
    const check = checkExamples(given, ['x']);
    expect(check.status === 'unknown' && check.reason).toContain(reason);
  });
});

describe('usersOf', () => {
  const { design } = load(readFileSync('examples/naive.loom.yaml', 'utf8'));
  if (!design) throw new Error('the example is not a design');
  const graph = Graph.of(design);

  it('lists who sends a message and whom it reaches', () => {
    const { producers, consumers } = usersOf(graph, 'order.created');
    expect(producers.map(({ id, service, channel }) => `${service}.${id} → ${channel}`)).toEqual([
      'order.checkout → order-events',
      'order.audit-log → audit',
      'order.history → order-history',
    ]);
    expect(consumers.map(({ id, channel, accepts }) => `${channel} → ${id} ${accepts}`)).toEqual([
      'orders → payment 1',
      'orders → analytics 1',
      'shipping → ship 1',
      'email → mail 1',
      'order-history → reporting 1',
    ]);
    expect(isOnLog(graph, 'order.created')).toBe(true);
    expect(isOnLog(graph, 'nothing')).toBe(false);
  });
});
