import { describe, expect, it } from 'vitest';
import { Session } from '../../../core/history/session.ts';
import { difference } from '../../../core/text/difference.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\nmessages:\n  m:\n    version: 1\n';
const block = '    examples:\n      - { a: 1 } # one\n      - { a: 2 } # two\n      - { a: 3 } # three\n';
const flow = '    examples: [{ a: 1 }, { a: 2 }, { a: 3 }] # all\n';

/** The text after its examples have become others. */
function become(text: string, examples: readonly unknown[]): string {
  const session = new Session(head + text);
  const before = session.design?.messages.get('m')?.examples;
  const patches = difference(['messages', 'm', 'examples'], before, examples);
  const result = session.applyPatches('Edit', patches);
  if (!result.ok) throw new Error(result.error.message);
  expect(session.design?.messages.get('m')?.examples).toEqual(examples);
  return session.text.slice(head.length);
}

describe('difference', () => {
  it.each([
    ['changes an item', [{ a: 1 }, { a: 9 }, { a: 3 }], block.replace('2', '9')],
    ['adds to an item', [{ a: 1, b: 0 }, { a: 2 }, { a: 3 }], block.replace('a: 1', 'a: 1, b: 0')],
    ['adds one at the end', [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }], `${block}      - { a: 4 }\n`],
    ['adds two at the end', [{ a: 1 }, { a: 2 }, { a: 3 }, 4, 5], `${block}      - 4\n      - 5\n`],
    ['takes out the one in the middle', [{ a: 1 }, { a: 3 }], block.replace('      - { a: 2 } # two\n', '')],
    ['takes out two', [{ a: 3 }], '    examples:\n      - { a: 3 } # three\n'],
    ['takes out the last', [{ a: 1 }, { a: 2 }], block.replace('      - { a: 3 } # three\n', '')],
  ])('%s, and leaves the rest of the list alone', (_, examples, expected) => {
    expect(become(block, examples)).toBe(expected);
  });

  it.each([
    ['adds two', [{ a: 1 }, { a: 2 }, { a: 3 }, 4, 5], flow.replace(']', ', 4, 5]')],
    ['takes out two', [{ a: 1 }], '    examples: [{ a: 1 }] # all\n'],
    ['replaces what differs more', [7], '    examples: [7] # all\n'],
  ])('%s on one line', (_, examples, expected) => {
    expect(become(flow, examples)).toBe(expected);
  });

  it('empties a list', () => {
    expect(become(block, [])).toContain('examples: []');
  });
});
