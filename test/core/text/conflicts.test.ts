import { describe, expect, it } from 'vitest';
import { Session } from '../../../core/history/session.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { load } from '../../../core/text/load.ts';

const head =
  'brokerloom: 1\ndesign: { name: x }\nbrokers:\n  w: { kind: rabbitmq }\nqueues:\n  a: { broker: w }\n';
const layout = `${head}layout: # positions
  queues/a: [0, 0]
<<<<<<< HEAD
  queues/b: [1, 1]
||||||| base
  queues/b: [0, 1]
=======
  queues/b: [2, 2]
  queues/c: [3, 3]
>>>>>>> other
  queues/d: [4, 4]
`;
const resolved = `${head}layout: # positions\n  queues/a: [0, 0]\n  queues/b: [1, 1]\n  queues/d: [4, 4]\n`;
const positions = [
  ['queues/a', [0, 0]],
  ['queues/b', [1, 1]],
  ['queues/d', [4, 4]],
];

describe('conflict markers', () => {
  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('in the layout are resolved as ours, the text kept and positions right (%s)', (_, breaks) => {
    const text = breaks(layout);
    const loaded = load(text);
    expect(loaded.problems).toEqual([]);
    expect([...(loaded.design?.layout ?? [])]).toEqual(positions);
    expect(loaded.text).toBe(text);
    expect(loaded.conflict?.lines).toEqual([9, 16]);
    expect(loaded.source?.locate(['layout', 'queues/d'])).toMatchObject({ line: 17, column: 3 });
    expect(applyEdits(text, loaded.conflict?.resolution ?? [])).toBe(breaks(resolved));
  });

  it('go with the first command, and come back with its undo', () => {
    const session = new Session(layout);
    const edits = session.run('element.move', { moves: [{ address: 'queues/a', to: [9, 9] }] });
    const after = resolved.replace('[0, 0]', '[9, 9]');
    expect(session.text).toBe(after);
    expect(edits.ok && applyEdits(layout, edits.value)).toBe(after);
    expect(session.history).toHaveLength(1);
    session.undo();
    expect(session.text).toBe(layout);
  });

  it('elsewhere are an error that names the lines of both sides', () => {
    const text = `${head}<<<<<<< HEAD\n  b: { broker: w }\n  c: { broker: w }\n=======\n  d: { broker: w }\n>>>>>>> other\n`;
    expect(load(text).problems).toMatchObject([
      {
        code: 'LOOM_CONFLICT_MARKERS',
        message: expect.stringContaining('Ours: lines 8 to 9; theirs: line 11.'),
        at: { line: 7 },
      },
    ]);
  });

  it('that reach out of the layout are an error, and so are markers without their partners', () => {
    const out = `${head}layout:\n<<<<<<< a\n  queues/a: [0, 0]\n=======\nx-own: 1\n>>>>>>> b\n`;
    for (const text of [out, layout.replace('=======\n', ''), `${head}=======\n`])
      expect(load(text)).toMatchObject({ design: undefined, problems: [{ code: 'LOOM_CONFLICT_MARKERS' }] });
  });
});

describe('a file of a newer format', () => {
  const text = 'brokerloom: 99\ndesign: { name: x }\nservices:\n  a: { shape: round }\n';

  it('is shown and not changed, with the reason', () => {
    const session = new Session(text);
    expect(session.design).toBeUndefined();
    expect(session.loaded.readOnly?.reason).toMatchObject({ code: 'LOOM_FORMAT', at: { line: 1 } });
    expect(session.lastValid?.design.services.get('a')).toEqual({ shape: 'round' });
    expect(session.run('element.add', { section: 'queues' })).toMatchObject({
      ok: false,
      error: { code: 'LOOM_FORMAT' },
    });
    expect(session.text).toBe(text);
  });

  it('is refused where this version understands nothing of it', () => {
    const loaded = load('brokerloom: 99\nsystem: { name: x }\n');
    expect(loaded.readOnly).toBeUndefined();
    expect(loaded.problems).toMatchObject([{ code: 'LOOM_FORMAT' }]);
  });
});
