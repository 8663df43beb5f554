import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, type Design, type ElementAddress } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import { type Mark, Session } from '../../../core/history/session.ts';
import { type Section, sections } from '../../../core/kinds/registry.ts';
import { review } from '../../../core/review/review.ts';
import { type Loaded, load } from '../../../core/text/load.ts';

const texts = ['fulfilment', 'naive', 'orders'].map((name) =>
  readFileSync(`examples/${name}.loom.yaml`, 'utf8'),
);
const drawn: readonly Section[] = ['exchanges', 'queues', 'producers', 'consumers'];

/** A step is a few numbers; what they mean depends on the design at the time, so that shrinking stays meaningful. */
type Step = readonly [action: number, a: number, b: number];
const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(14), fc.nat(1000), fc.nat(1000));

const addresses = (design: Design): ElementAddress[] =>
  sections.flatMap((section) => [...design[section].keys()].map((id) => addressOf(section, id)));
const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(1, items.length)];

/** Steps that leave the text to the user, and so may make it invalid. */
const types = ([action]: Step): boolean => action >= 9 && action <= 10;

function act(session: Session, marks: Mark[], [action, a, b]: Step): void {
  const design = session.design;
  if (!design || !session.graph || !session.loaded.source) return void session.undo();
  const one = pick(addresses(design), a);
  const other = pick(addresses(design), b);
  if (action === 0)
    session.run('element.add', {
      section: pick(drawn, a) ?? 'queues',
      ...(b % 2 ? { at: [a, b] as const } : {}),
    });
  else if (action === 1 && one && other) session.run('element.connect', { from: one, to: other });
  else if (action === 2 && one)
    session.run('element.delete', { addresses: [one, ...(b % 5 === 0 && other ? [other] : [])] });
  else if (action === 3 && one && other)
    session.run('element.move', {
      moves: [
        { address: one, to: [a, b] },
        { address: other, to: [b, a] },
      ],
    });
  else if (action === 4 && one) session.run('element.rename', { address: one, to: `n${b}` });
  else if (action === 5 && one?.startsWith('queues/'))
    session.run('element.set', { address: one, field: ['maxLength'], value: b % 3 ? b + 1 : undefined });
  else if (action === 6 && one?.startsWith('queues/'))
    session.run('element.set', {
      address: one,
      field: ['deadLetter'],
      value: b % 2 ? true : { owner: `team: "${b}" #1` },
    });
  else if (action === 7) session.undo();
  else if (action === 8) session.redo();
  else if (action === 9) {
    const offset = a % (session.text.length + 1);
    session.replaceText([
      {
        offset,
        removed: session.text.slice(offset, offset + (b % 3)),
        inserted: ['x', '', '\n', ' # c', ':'][b % 5] ?? '',
      },
    ]);
  } else if (action === 10) {
    for (const letter of `# ${b}`) {
      const offset = session.text.length;
      session.replaceText([{ offset, removed: '', inserted: letter }], { coalesce: a % 3 > 0 });
    }
  } else if (action === 11) marks.push(session.mark());
  else if (action === 12) {
    const mark = marks.pop();
    if (mark) session.bail(mark);
  } else if (action === 13) {
    const mark = marks.pop();
    if (mark) session.squash(mark, 'Drag');
  } else if (action === 14) {
    const { source } = session.loaded;
    const fix = pick(review({ design, source }, today).findings, a)?.fix;
    if (fix) session.applyPatches(fix.label, fix.patches());
  }
}

const today = { today: '2026-01-01' };
/** Findings as data; fixes are functions. */
const findings = ({ design, source }: Loaded, graph?: Graph): unknown =>
  design &&
  source &&
  JSON.parse(JSON.stringify(review({ design, source, ...(graph ? { graph } : {}) }, today)));

const comments = (text: string): string[] => [...text.matchAll(/#[^"'\n]*$/gm)].map(([comment]) => comment);

/** Time for the property tests on a busy machine, in ms. */
const GENEROUS = 120_000;

describe('Session', () => {
  it(
    'equals a fresh load of its text after any sequence of commands, undos, redos and text edits',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...texts), fc.array(step, { maxLength: 15 }), (text, steps) => {
          const session = new Session(text);
          const marks: Mark[] = [];
          for (const entry of steps) act(session, marks, entry);
          const fresh = load(session.text);
          expect(session.loaded.problems).toEqual(fresh.problems);
          expect(session.design).toEqual(fresh.design);
          expect(session.loaded.notices).toEqual(fresh.notices);
          expect(findings(session.loaded, session.design && session.graph)).toEqual(findings(fresh));
          while (session.redo());
          const { text: last, history } = session;
          const { current } = session;
          while (session.undo());
          expect(session.text).toBe(text);
          session.goTo(current);
          expect([session.text, session.history]).toEqual([last, history]);
          session.goTo(0);
          expect([session.text, session.loaded.design]).toEqual([text, load(text).design]);
          while (session.redo());
          expect([session.text, session.history]).toEqual([last, history]);
        }),
        { numRuns: 40 },
      );
    },
    GENEROUS,
  );

  it(
    'never makes a valid text invalid, and keeps the comments, by commands alone',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...texts), fc.array(step, { maxLength: 12 }), (text, steps) => {
          const session = new Session(text);
          for (const entry of steps) {
            if (types(entry)) continue;
            act(session, [], entry);
            expect(session.loaded.problems).toEqual([]);
          }
          if (steps.every(([action]) => ![2, 6, 14].includes(action)))
            expect(comments(session.text)).toEqual(expect.arrayContaining(comments(text)));
        }),
        { numRuns: 40 },
      );
    },
    GENEROUS,
  );

  it('takes a run of typing back in one undo, and a sealed one in two', () => {
    const session = new Session('brokerloom: 1\ndesign: { name: x }\n');
    const type = (inserted: string): void =>
      session.replaceText([{ offset: session.text.length, removed: '', inserted }]);
    type('#');
    type(' a');
    session.seal();
    type('b');
    expect(session.text.endsWith('# ab')).toBe(true);
    session.undo();
    expect(session.text.endsWith('# a')).toBe(true);
    session.undo();
    expect(session.text.endsWith('}\n')).toBe(true);
    expect(session.canUndo).toBe(false);
  });

  it('makes one step of a drag, and none of a drag that is given up', () => {
    const session = new Session(texts[0] ?? '');
    const mark = session.mark();
    for (const x of [10, 20, 30])
      session.run('element.move', { moves: [{ address: 'queues/email', to: [x, 0] }] });
    session.squash(mark, 'Move email');
    expect(session.history).toEqual(['Move email']);
    expect(session.design?.layout.get('queues/email')).toEqual([30, 0]);
    const again = session.mark();
    session.run('element.move', { moves: [{ address: 'queues/email', to: [99, 0] }] });
    session.bail(again);
    expect(session.design?.layout.get('queues/email')).toEqual([30, 0]);
    session.undo();
    expect(session.text).toBe(texts[0]);
  });

  it('keeps what could be redone when a drag is given up', () => {
    const session = new Session(texts[0] ?? '');
    session.run('element.move', { moves: [{ address: 'queues/email', to: [5, 5] }] });
    session.undo();
    const mark = session.mark();
    session.run('element.move', { moves: [{ address: 'queues/email', to: [9, 9] }] });
    session.bail(mark);
    expect(session.text).toBe(texts[0]);
    session.redo();
    expect(session.design?.layout.get('queues/email')).toEqual([5, 5]);
  });

  it('does not join typing with what an undo has passed, and forgets what came to nothing', () => {
    const session = new Session('brokerloom: 1\ndesign: { name: x }\n');
    const type = (inserted: string, removed = ''): void =>
      session.replaceText([{ offset: session.text.length - removed.length, removed, inserted }]);
    type('#');
    session.undo();
    session.redo();
    type('a');
    expect(session.history).toHaveLength(2);
    type('', 'a');
    expect(session.history).toHaveLength(1);
    const mark = session.mark();
    type('b');
    session.seal();
    type('', 'b');
    session.squash(mark, 'Nothing');
    expect(session.history).toEqual(['Edit text']);
  });

  it('does not tell of a change whoever comes to listen because of it', () => {
    const session = new Session('brokerloom: 1\ndesign: { name: x }\n');
    const heard: string[] = [];
    const stop = session.onChange(() => {
      stop();
      heard.push('first');
      session.onChange(() => heard.push('second'));
    });
    session.replaceText([{ offset: 0, removed: '', inserted: '# a\n' }]);
    expect(heard).toEqual(['first']);
    session.replaceText([{ offset: 0, removed: '', inserted: '#' }]);
    expect(heard).toEqual(['first', 'second']);
  });

  it('reads a text only when somebody asks what it says', () => {
    const session = new Session(texts[0] ?? '');
    const { loaded } = session;
    session.replaceText([{ offset: 0, removed: '', inserted: '[' }]);
    session.undo();
    // Had the text between been read, this one would have been read again.
    expect(session.loaded).toBe(loaded);
    session.redo();
    expect([session.design, session.loaded.text]).toEqual([undefined, `[${texts[0]}`]);
    session.undo();
    expect(session.design?.queues.has('email')).toBe(true);
  });

  it('keeps the last valid design while the text is not', () => {
    const session = new Session(texts[0] ?? '');
    session.replaceText([{ offset: 0, removed: '', inserted: '[' }]);
    expect(session.design).toBeUndefined();
    expect(session.lastValid?.design.queues.has('email')).toBe(true);
    expect(session.run('element.add', { section: 'queues' })).toMatchObject({ ok: false });
  });
});
