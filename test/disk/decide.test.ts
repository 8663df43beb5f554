import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type Situation } from '../../disk/decide.ts';
import { hashOf } from '../../disk/manifest.ts';

const base = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const situation = (parts: Partial<Situation>): Situation => ({
  path: 'a.ts',
  fresh: { content: base, ownership: 'generated' },
  disk: { text: base },
  tracked: { ownership: 'generated', sha256: hashOf(base) },
  base,
  offered: undefined,
  beside: null,
  ...parts,
});
const generated = (content: string) => ({ content, ownership: 'generated' as const });
const edited = base.replace('two', 'TWO');

describe('a generated file', () => {
  test.each<[string, Partial<Situation>, string, string | undefined]>([
    ['is new where there is none', { disk: null, tracked: undefined, base: undefined }, 'new', base],
    ['comes back when it was deleted', { disk: null }, 'new', base],
    ['is unchanged', {}, 'unchanged', base],
    ['is replaced when it has no edits', { fresh: generated('new\n') }, 'changed', 'new\n'],
    ['keeps its edits when the generator has nothing new', { disk: { text: edited } }, 'unchanged', edited],
    [
      'is merged when edits and changes lie apart',
      { disk: { text: edited }, fresh: generated(base.replace('six', 'SIX')) },
      'merged',
      edited.replace('six', 'SIX'),
    ],
    [
      'is unchanged when the user made the same change',
      { disk: { text: edited }, fresh: generated(edited) },
      'unchanged',
      edited,
    ],
    [
      'conflicts when both change one line',
      { disk: { text: edited }, fresh: generated(base.replace('two', '2')) },
      'conflict',
      base.replace('two', '2'),
    ],
    [
      'conflicts with a file that was there before',
      { disk: { text: 'mine\n' }, tracked: undefined, base: undefined },
      'conflict',
      base,
    ],
    [
      'is replaced when its pristine copy is lost but its hash shows no edits',
      { base: undefined, fresh: generated('new\n') },
      'changed',
      'new\n',
    ],
    [
      'conflicts when its pristine copy is lost and it has edits',
      { base: undefined, disk: { text: edited }, fresh: generated(base.replace('six', 'SIX')) },
      'conflict',
      base.replace('six', 'SIX'),
    ],
    ['conflicts when it is no text', { disk: 'opaque', fresh: generated('new\n') }, 'conflict', 'new\n'],
  ])('%s', (_, parts, status, after) => {
    const { change } = decide(situation(parts));
    expect({ status: change.status, after: change.after }).toEqual({ status, after });
  });

  test('keeps CRLF line breaks', () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(decide(situation({ disk: { text: crlf(base) } })).change.status).toBe('unchanged');
    const { change } = decide(
      situation({ disk: { text: crlf(edited) }, fresh: generated(base.replace('six', 'SIX')) }),
    );
    expect(change).toMatchObject({ status: 'merged', after: crlf(edited.replace('six', 'SIX')) });
  });
});

describe('a conflict', () => {
  const theirs = base.replace('two', '2');
  const open = situation({ disk: { text: edited }, fresh: generated(theirs) });

  test('offers the new version beside the file and keeps the old base', () => {
    expect(decide(open)).toMatchObject({ base, offered: theirs, beside: 'write' });
  });

  test('stays open while FILE.new is there', () => {
    const again = decide({ ...open, offered: theirs, beside: { text: theirs } });
    expect(again).toMatchObject({ change: { status: 'conflict' }, base, offered: theirs, beside: 'leave' });
  });

  test('is settled by deleting FILE.new: the offered version is the base from then on', () => {
    const settled = decide({ ...open, offered: theirs, beside: null });
    expect(settled).toMatchObject({
      change: { status: 'unchanged', after: edited },
      base: theirs,
      offered: undefined,
    });
    const next = theirs.replace('six', 'SIX');
    const later = decide({ ...open, offered: theirs, beside: null, fresh: generated(next) });
    expect(later.change).toMatchObject({ status: 'merged', after: edited.replace('six', 'SIX') });
  });

  test('ends when the user takes the new version, and FILE.new goes away', () => {
    const taken = decide({ ...open, disk: { text: theirs }, offered: theirs, beside: { text: theirs } });
    expect(taken).toMatchObject({ change: { status: 'unchanged' }, offered: undefined, beside: 'delete' });
  });

  test('updates a FILE.new that nobody has touched', () => {
    const next = base.replace('two', 'zwei');
    const updated = decide({ ...open, fresh: generated(next), offered: theirs, beside: { text: theirs } });
    expect(updated).toMatchObject({ change: { status: 'conflict' }, offered: next, beside: 'write' });
  });

  test.each([
    ['of someone else', undefined],
    ['with edits', theirs],
  ])('never touches a FILE.new %s', (_, offered) => {
    const found = { ...open, offered, beside: { text: 'notes\n' } };
    expect(decide(found)).toMatchObject({ change: { status: 'conflict' }, offered, beside: 'leave' });
    expect(decide({ ...found, disk: { text: theirs } }).beside).toBe('leave');
  });
});

describe('a file of the user', () => {
  const yours = { content: 'stub\n', ownership: 'yours' as const };
  const tracked = { ownership: 'yours' as const, sha256: hashOf('stub\n') };

  test.each<[string, Partial<Situation>, string]>([
    ['is written once', { fresh: yours, disk: null, tracked: undefined, base: undefined }, 'new'],
    [
      'is never touched again',
      { fresh: { ...yours, content: 'better stub\n' }, disk: { text: 'stub\n' }, tracked },
      'unchanged',
    ],
    ['stays deleted', { fresh: yours, disk: null, tracked }, 'kept'],
    [
      'that was there before is left alone',
      { fresh: yours, disk: { text: 'mine\n' }, tracked: undefined },
      'unchanged',
    ],
  ])('%s', (_, parts, status) => {
    expect(decide(situation({ base: undefined, ...parts })).change.status).toBe(status);
  });

  test('that was there before is not deleted with its element', () => {
    const first = decide(
      situation({ fresh: yours, disk: { text: 'mine\n' }, tracked: undefined, base: undefined }),
    );
    const gone = decide(
      situation({ fresh: undefined, disk: { text: 'mine\n' }, tracked: first.tracked, base: undefined }),
    );
    expect(gone.change.status).toBe('kept');
  });
});

describe('a file whose element is gone', () => {
  test('is deleted when it has no edits', () => {
    expect(decide(situation({ fresh: undefined })).change.status).toBe('deleted');
  });

  test('is kept when it has edits, and forgotten', () => {
    const kept = decide(situation({ fresh: undefined, disk: { text: edited } }));
    expect(kept).toMatchObject({
      change: { status: 'kept', before: edited },
      tracked: undefined,
      base: undefined,
    });
  });
});

const line = fc.constantFrom('a', 'b', 'c', 'd', '', '}', '  x', '__proto__');
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
/** A text that an author made from `original` by some replacements of lines. */
const editOf = (original: fc.Arbitrary<string>, mark: string) =>
  fc
    .tuple(
      original,
      fc.array(
        fc.tuple(fc.nat(12), fc.nat(2), fc.array(fc.oneof(line, fc.constant(mark)), { maxLength: 3 })),
        {
          maxLength: 3,
        },
      ),
    )
    .map(([from, edits]) => {
      const lines = from.split('\n');
      for (const [at, remove, insert] of edits) lines.splice(at, remove, ...insert);
      return { from, to: lines.join('\n') };
    });

describe('no line of the user is ever lost', () => {
  test('in one regeneration', () => {
    fc.assert(
      fc.property(editOf(text, 'mine'), text, ({ from, to }, theirs) => {
        const { change } = decide(
          situation({
            fresh: generated(theirs),
            disk: { text: to },
            base: from,
            tracked: { ownership: 'generated', sha256: hashOf(from) },
          }),
        );
        if (change.status === 'conflict') return;
        const after = change.after ?? '';
        for (const wanted of new Set(to.split('\n')))
          expect(count(after, wanted)).toBeGreaterThanOrEqual(count(to, wanted) - count(from, wanted));
      }),
      { numRuns: 3000 },
    );
  });

  test('over many regenerations, with edits between and conflicts settled by hand', () => {
    const round = fc.record({ theirs: text, settle: fc.boolean() });
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 8 }), (rounds) => {
        let state = situation({ disk: null, tracked: undefined, base: undefined, fresh: generated('a\nb') });
        const mine: string[] = [];
        rounds.forEach(({ theirs, settle }, index) => {
          state = after({ ...state, fresh: generated(theirs) });
          for (const written of mine) expect(textOf(state).split('\n')).toContain(written);
          const note = `my line ${index}`;
          mine.push(note);
          state = { ...state, disk: { text: `${textOf(state)}\n${note}` } };
          if (settle) state = { ...state, beside: null };
        });
      }),
      { numRuns: 1000 },
    );
  });
});

const count = (inText: string, wanted: string) => inText.split('\n').filter((each) => each === wanted).length;
const textOf = ({ disk }: Situation) => (disk !== null && disk !== 'opaque' ? disk.text : '');

/** The situation after a decision was carried out. */
function after(before: Situation): Situation {
  const { change, tracked, base: nextBase, offered, beside } = decide(before);
  return {
    ...before,
    disk: change.status === 'conflict' || change.after === undefined ? before.disk : { text: change.after },
    tracked,
    base: nextBase,
    offered,
    beside: beside === 'write' ? { text: offered ?? '' } : beside === 'delete' ? null : before.beside,
  };
}
