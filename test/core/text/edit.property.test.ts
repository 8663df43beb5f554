import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatches, sameValue, valueAt } from '../../../core/text/apply.ts';
import { applyEdits, invertEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { load } from '../../../core/text/load.ts';
import type { Patch } from '../../../core/text/patch.ts';
import type { Path } from '../../../core/text/source.ts';
import { Choices, Printer } from './printer.ts';

const word = fc.constantFrom('a', 'two words', 'no', '5', 'x: y', '# z', "it's", '{q}', '', '*s');
const queue = fc.record(
  {
    broker: fc.constant('w'),
    type: fc.constantFrom('quorum', 'classic'),
    maxLength: fc.integer({ min: 1, max: 9 }),
    'x-note': word,
    deadLetter: fc.record({ owner: word, redrive: fc.constant('tool') }, { requiredKeys: ['owner'] }),
  },
  { requiredKeys: ['broker'] },
);
const flow = fc.record(
  { from: fc.array(word, { maxLength: 3 }), description: word, pattern: fc.constant('queue') },
  { requiredKeys: ['from'] },
);
const ids = fc.constantFrom('a', 'b', 'c', 'd.e', 'f-g');
const model = fc.record({
  brokerloom: fc.constant(1),
  design: fc.constant({ name: 'x' }),
  brokers: fc.constant({ w: { kind: 'rabbitmq' } }),
  queues: fc.dictionary(ids, queue, { maxKeys: 4 }),
  flows: fc.dictionary(ids, flow, { maxKeys: 3 }),
});

type Draw = readonly [action: number, place: number, value: unknown];
const draw: fc.Arbitrary<Draw> = fc.tuple(
  fc.nat(5),
  fc.nat(1000),
  fc.oneof(
    word,
    fc.integer({ min: 0, max: 9 }),
    fc.record({ owner: word }),
    fc.array(word, { maxLength: 2 }),
  ),
);

/** Paths of everything below the sections. */
function* pathsBelow(value: unknown, path: Path): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const step of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    yield [...path, step];
    yield* pathsBelow(valueAt(value, [step]), [...path, step]);
  }
}

/** What a draw means for a value: a change of something that is there, or something new beside or below it. */
function patchOf(value: unknown, [action, place, content]: Draw): Patch {
  const paths = ['queues', 'flows'].flatMap((section) => [
    ...pathsBelow(valueAt(value, [section]), [section]),
  ]);
  const path = paths[place % Math.max(1, paths.length)] ?? ['queues', 'a'];
  const parent = valueAt(value, path.slice(0, -1));
  if (action === 0) return { op: 'remove', path };
  if (action === 1 && !Array.isArray(parent)) return { op: 'rename', path, to: `n${place}` };
  if (action === 2)
    return { op: 'set', path: ['queues', `q${place % 3}`], value: { broker: 'w', 'x-note': content } };
  if (action === 3 && Array.isArray(parent))
    return { op: 'set', path: [...path.slice(0, -1), parent.length], value: content };
  if (action === 4 && path.length > 2 && !Array.isArray(parent))
    return { op: 'set', path: [...path.slice(0, -1), `x-${place % 3}`], value: content };
  return {
    op: 'set',
    path,
    value: path.length === 2 ? { from: [], broker: 'w', 'x-note': content } : content,
  };
}

/** What was refused, or done wrongly, once. */
const failedOnce: [Parameters<Printer['document']>[0], number[], Draw[]][] = (
  [
    [
      '',
      [452],
      [
        [3, 0, []],
        [0, 57, 'a'],
      ],
    ],
    [
      '',
      [0],
      [
        [2, 0, { owner: 'a' }],
        [5, 5, 0],
      ],
    ],
    [
      'a',
      [136],
      [
        [1, 0, 0],
        [3, 0, 'a'],
      ],
    ],
  ] as [string, number[], Draw[]][]
).map(([note, numbers, draws]) => [
  {
    brokerloom: 1,
    design: { name: 'x' },
    brokers: { w: { kind: 'rabbitmq' } },
    queues: { a: { broker: 'w', maxLength: 1, 'x-note': note, deadLetter: { owner: note } } },
    flows: {},
  },
  numbers,
  draws,
]);

const commentsOf = (text: string): string[] => text.match(/# comment \d+\./g) ?? [];

describe('editText', () => {
  it('gives what the patches ask for, in every style, and keeps all else', () => {
    fc.assert(
      fc.property(
        model,
        fc.array(fc.nat(999), { minLength: 1, maxLength: 60 }),
        fc.array(draw, { minLength: 1, maxLength: 4 }),
        (value, numbers, draws) => {
          const text = new Printer(new Choices(numbers)).document(value);
          const { source, problems } = load(text);
          if (!source) throw new Error(problems[0]?.message);
          expect(source.value).toEqual(value);

          const patches: Patch[] = [];
          let wanted: unknown = value;
          let replaces = false;
          for (const entry of draws) {
            const patch = patchOf(wanted, entry);
            patches.push(patch);
            replaces ||= patch.op !== 'rename' && typeof valueAt(wanted, patch.path) === 'object';
            replaces ||= patch.op === 'remove';
            wanted = applyPatches(wanted, [patch]);
          }
          const edits = editText(source, patches);
          if (!edits.ok) throw new Error(`${edits.error.message}\n${text}\n${JSON.stringify(patches)}`);
          const after = applyEdits(text, edits.value);

          expect(sameValue(load(after).source?.value, wanted)).toBe(true);
          expect(applyEdits(after, invertEdits(edits.value))).toBe(text);
          let end = 0;
          for (const { offset, removed } of edits.value) {
            expect(offset).toBeGreaterThanOrEqual(end);
            expect(text.slice(offset, offset + removed.length)).toBe(removed);
            end = offset + removed.length;
          }
          // What is taken out takes its comments along.
          if (!replaces) expect(commentsOf(after)).toEqual(commentsOf(text));
        },
      ),
      { numRuns: 300, examples: failedOnce },
    );
  }, 120_000);
});
