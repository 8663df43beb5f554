import { describe, expect, it } from 'vitest';
import { Session } from '../../../core/history/session.ts';

const text = `brokerloom: 1
design: { name: shop, environment: prod }
messages:
  order.created:
    version: 1 # the first
    schema:
      type: object
      required: [id]
      properties:
        id: { type: string } # never changes
        total: { type: integer }
`;
const schema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, total: { type: 'integer' } },
};

describe('message.set', () => {
  it('writes only what differs, and one step for a run of edits', () => {
    const session = new Session(text);
    const set = (value: unknown) =>
      session.run('message.set', { message: 'order.created', field: 'schema', value });
    expect(set({ ...schema, properties: { ...schema.properties, total: { type: 'number' } } }).ok).toBe(true);
    expect(session.text).toBe(text.replace('integer', 'number'));
    expect(set({ ...schema, required: ['id', 'total'] }).ok).toBe(true);
    expect(session.text).toBe(text.replace('[id]', '[id, total]'));
    expect(session.history).toEqual(['Edit the schema of order.created']);
    session.undo();
    expect(session.text).toBe(text);
  });

  it('takes out what is gone, and adds what is new', () => {
    const session = new Session(text);
    session.run('message.set', { message: 'order.created', field: 'schema', value: { type: 'object' } });
    expect(session.design?.messages.get('order.created')?.schema).toEqual({ type: 'object' });
    session.run('message.set', { message: 'order.created', field: 'examples', value: [{ id: 'a' }] });
    session.run('message.set', { message: 'order.created', field: 'schema', value: undefined });
    expect(session.design?.messages.get('order.created')).toEqual({ version: 1, examples: [{ id: 'a' }] });
    expect(session.text).toContain('version: 1 # the first');
  });

  it.each([
    ['a pattern that is none', { type: 'string', pattern: '(' }],
    ['a pattern that takes for ever', { type: 'string', pattern: '(a+)+$' }],
    ['what is no schema', 'text'],
  ])('refuses what would be no design any more: %s', (_, value) => {
    const session = new Session(text);
    const result = session.run('message.set', { message: 'order.created', field: 'schema', value });
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('schema') } });
    expect([session.text, session.canUndo]).toEqual([text, false]);
  });

  it('refuses a message that is not there', () => {
    const result = new Session(text).run('message.set', { message: 'x', field: 'schema', value: {} });
    expect(result).toMatchObject({ ok: false, error: { message: 'There is no message x.' } });
  });
});

describe('message.version', () => {
  it('keeps the present version, and counts on', () => {
    const session = new Session(text);
    expect(session.run('message.version', { message: 'order.created' }).ok).toBe(true);
    expect(session.design?.messages.get('order.created')).toEqual({
      version: 2,
      schema,
      versions: [{ version: 1, schema }],
    });
    session.undo();
    expect(session.text).toBe(text);
  });

  it('refuses where there is nothing to compare with', () => {
    const session = new Session('brokerloom: 1\ndesign: { name: a }\nmessages: { m: { version: 1 } }\n');
    expect(session.run('message.version', { message: 'm' })).toMatchObject({ ok: false });
  });
});
