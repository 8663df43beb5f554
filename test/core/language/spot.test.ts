import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spotAt } from '../../../core/language/spot.ts';
import { load } from '../../../core/text/load.ts';
import type { Path } from '../../../core/text/nodes.ts';

/** A text with its cursor at `|`. */
function at(marked: string) {
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const spot = spotAt(text, offset);
  return (
    spot && {
      role: spot.role,
      path: spot.path.join('.'),
      text: spot.text,
      word: text.slice(spot.word.start, spot.word.end),
    }
  );
}

const key = (path: string, text = '', word = text) => ({ role: 'key', path, text, word });
const value = (path: string, text = '', word = text) => ({ role: 'value', path, text, word });

describe('spotAt', () => {
  it.each([
    ['a section', 'que‸ues:\n', key('queues', 'queues')],
    ['the end of a key', 'queues‸:\n', key('queues', 'queues')],
    ['an element', 'queues:\n  em‸ail:\n    broker: work\n', key('queues.email', 'email')],
    ['an attribute', 'queues:\n  email:\n    bro‸ker: work\n', key('queues.email.broker', 'broker')],
    ['a value', 'queues:\n  email:\n    broker: wo‸rk\n', value('queues.email.broker', 'work')],
    ['the end of a value', 'queues:\n  email:\n    broker: work‸\n', value('queues.email.broker', 'work')],
    ['a value that is missing', 'queues:\n  email:\n    broker: ‸\n', value('queues.email.broker')],
    ['a value before a comment', 'a:\n  b:\n    c: wo‸rk # why\n', value('a.b.c', 'work')],
    ['a quoted value', 'a:\n  b:\n    c: "wo‸rk"\n', value('a.b.c', 'work', '"work"')],
    ['a quoted value that is open', 'a:\n  b:\n    c: "wo‸\n', value('a.b.c', 'wo', '"wo')],
    ['a key with a dot', 'messages:\n  order.cre‸ated:\n', key('messages.order.created', 'order.created')],
    ['a quoted key', 'a:\n  "b.‸c": 1\n', key('a.b.c', 'b.c', '"b.c"')],
    ['a key that begins', 'queues:\n  email:\n    bro‸', key('queues.email.bro', 'bro')],
    [
      'an address in the layout',
      'layout:\n  queues/em‸ail: [8, 8]\n',
      key('layout.queues/email', 'queues/email'),
    ],
    ['an empty line below an element', 'queues:\n  email:\n    ‸\n', key('queues.email.')],
    ['an empty line at the column of elements', 'queues:\n  email:\n    broker: work\n  ‸\n', key('queues.')],
    ['the margin', 'queues:\n  email:\n    broker: work\n‸', key('')],
    [
      'an empty line between attributes',
      'queues:\n  email:\n    ‸\n    broker: work\n',
      key('queues.email.'),
    ],
    [
      'an item',
      'producers:\n  a:\n    messages:\n      - or‸der\n',
      value('producers.a.messages.0', 'order'),
    ],
    ['a second item', 'a:\n  b:\n    c:\n      - x\n      - y‸\n', value('a.b.c.1', 'y')],
    ['an item that is missing', 'a:\n  b:\n    c:\n      - x\n      - ‸\n', value('a.b.c.1')],
    ['items at the column of their key', 'a:\n  b:\n    c:\n    - x\n    - y‸\n', value('a.b.c.1', 'y')],
    [
      'a key of an item',
      'a:\n  b:\n    c:\n      - v: 1\n        sche‸ma: {}\n',
      key('a.b.c.0.schema', 'schema'),
    ],
    [
      'a key behind a dash',
      'a:\n  b:\n    c:\n      - v: 1\n      - ver‸sion: 2\n',
      key('a.b.c.1.version', 'version'),
    ],
    [
      'a value in a flow map',
      'queues:\n  email: { broker: wo‸rk, type: quorum }\n',
      value('queues.email.broker', 'work'),
    ],
    [
      'a key in a flow map',
      'queues:\n  email: { broker: work, ty‸pe: quorum }\n',
      key('queues.email.type', 'type'),
    ],
    ['an empty place in a flow map', 'queues:\n  email: { ‸ }\n', key('queues.email.')],
    ['a missing value in a flow map', 'queues:\n  email: { broker: ‸ }\n', value('queues.email.broker')],
    ['a missing value in an open flow map', 'queues:\n  email: { broker: ‸', value('queues.email.broker')],
    ['a flow list', 'a:\n  b:\n    c: [x, y‸]\n', value('a.b.c.1', 'y')],
    ['an empty flow list', 'a:\n  b:\n    c: [‸]\n', value('a.b.c.0')],
    ['the end of a flow list', 'a:\n  b:\n    c: [x, ‸]\n', value('a.b.c.1')],
    ['a flow list in a flow map', 'a:\n  b: { c: [x, y‸], d: 1 }\n', value('a.b.c.1', 'y')],
    ['what follows a flow list', 'a:\n  b: { c: [x, y], d: z‸ }\n', value('a.b.d', 'z')],
    ['a flow map over lines', 'a:\n  b:\n    c: {\n      d: 1,\n      e: z‸\n    }\n', value('a.b.c.e', 'z')],
    ['what follows a flow map', 'a:\n  b: { c: 1 }\n  d: { e: z‸ }\n', value('a.d.e', 'z')],
    ['what follows an open flow map', 'a:\n  b: { c: \n  d:\n    e: z‸\n', value('a.d.e', 'z')],
    ['a word with spaces in a flow list', 'a:\n  b: [one t‸wo, three]\n', value('a.b.0', 'one two')],
    ['what follows a block scalar', 'a:\n  b: |\n    c: d\n  e: z‸\n', value('a.e', 'z')],
    [
      'Windows line ends',
      'queues:\r\n  email:\r\n    broker: wo‸rk\r\n',
      value('queues.email.broker', 'work'),
    ],
    [
      'a text that is broken above',
      'queues:\n  a: [\n  email:\n    broker: wo‸rk\n',
      value('queues.email.broker', 'work'),
    ],
  ])('finds %s', (_, text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  it.each([
    ['a comment', 'queues: # he‸re\n'],
    ['a comment line', 'queues:\n  # he‸re\n'],
    ['a comment behind a value', 'a:\n  b: c # he‸re\n'],
    ['a comment in a flow map', 'a:\n  b: {\n    # he‸re\n  }\n'],
    ['a block scalar', 'a:\n  b: |\n    he‸re: x\n'],
  ])('finds nothing in %s', (_, text) => {
    expect(at(text)).toBeUndefined();
  });
});

/** Everything in a value with its path. */
function* within(
  value: unknown,
  path: Path = [],
): Generator<{ readonly path: Path; readonly inner: unknown }> {
  if (path.length > 0) yield { path, inner: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [step, inner] of Object.entries(value))
    yield* within(inner, [...path, Array.isArray(value) ? Number(step) : step]);
}

describe.each(['orders', 'naive', 'event-log', 'fulfilment', 'ledger', 'work-queue'])(
  'in %s, spotAt',
  (name) => {
    const text = readFileSync(`examples/${name}.loom.yaml`, 'utf8');
    const { source } = load(text);

    it('finds every key and every value where the parser finds it', () => {
      let compared = 0;
      for (const { path, inner } of within(source?.value)) {
        const key = source?.keyRange(path);
        const word = source?.valueRange(path);
        if (!key || !word) throw new Error(`${path.join('.')} is not in the text`);
        if (typeof path.at(-1) === 'string')
          expect(spotAt(text, key.start)).toEqual({
            role: 'key',
            path,
            word: key,
            text: String(path.at(-1)),
          });
        const written = text.slice(word.start, word.end);
        if (typeof inner === 'object' || /^[|>]/.test(written) || word.start === key.start) continue;
        expect(spotAt(text, word.end)).toMatchObject({ role: 'value', path, word });
        compared++;
      }
      expect(compared).toBeGreaterThan(20);
    });

    it('reads every beginning of the text to its end', () => {
      for (let end = 0; end <= text.length; end += 23)
        expect(() => spotAt(text.slice(0, end), end)).not.toThrow();
    });
  },
);
