import { describe, expect, test } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { drawingOf } from '../../../core/drawing/drawing.ts';
import { Session } from '../../../core/history/session.ts';
import { load } from '../../../core/text/load.ts';

const text = `brokerloom: 1
design: { name: d }
brokers: { mq: { kind: rabbitmq } }
queues: { q: { broker: mq } }
notes:
  why: { text: "Because." }

layout:
  notes/why: [16, 24] # beside the queue
  queues/q: [320, 24]
`;

const open = (): Session => new Session(text);
const lineOf = (session: Session): string | undefined =>
  session.text.split('\n').find((line) => line.includes('notes/why:'));

describe('a note', () => {
  test('keeps its size in the layout, and its comment', () => {
    const session = open();
    session.run('note.resize', { address: 'notes/why', at: [16, 24], width: 320.4, height: 160 });
    expect(lineOf(session)).toBe('  notes/why: [16, 24, 320, 160] # beside the queue');
    session.undo();
    expect(session.text).toBe(text);
  });

  test('gets the smallest size instead of a smaller one', () => {
    const session = open();
    session.run('note.resize', { address: 'notes/why', at: [16, 24], width: -5, height: 0 });
    expect(lineOf(session)).toContain('[16, 24, 80, 32]');
  });

  test('takes its size along when it is moved, renamed and drawn', () => {
    const session = open();
    session.run('note.resize', { address: 'notes/why', at: [16, 24], width: 320, height: 160 });
    session.run('element.move', { moves: [{ address: 'notes/why', to: [40, 48] }] });
    session.run('element.rename', { address: 'notes/why', to: 'reason' });
    expect(session.text).toContain('notes/reason: [40, 48, 320, 160]');
    const { design } = session;
    const drawing = design && drawingOf(Graph.of(design));
    expect(drawing?.scene.byAddress.get('notes/reason')?.size).toEqual({ width: 320, height: 160 });
    expect(drawing?.positions.get('notes/reason')).toEqual([40, 48]);
  });

  test('is resized step by step as one step of the history', () => {
    const session = open();
    for (const width of [224, 240, 256])
      session.run('note.resize', { address: 'notes/why', at: [16, 24], width, height: 88 });
    session.undo();
    expect(session.text).toBe(text);
  });

  test.each(['[1, 2, 3]', '[1, 2, 0, 5]', '[1, 2, 3, 4, 5]', '[1, 2, 3, x]'])(
    'at %s is no place',
    (place) => {
      const { problems } = load(text.replace('[16, 24]', place));
      expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
        expect.stringMatching(/^LOOM_SCHEMA layout\.notes\/why/),
      ]);
    },
  );
});
