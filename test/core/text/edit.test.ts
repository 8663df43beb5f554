import { describe, expect, it } from 'vitest';
import { applyEdits, invertEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { load } from '../../../core/text/load.ts';
import type { Patch } from '../../../core/text/patch.ts';
import { styles } from './styles.ts';

const edited = (text: string, ...patches: Patch[]): string => {
  const { source } = load(text);
  if (!source) throw new Error('the text of a test is YAML');
  const result = editText(source, patches);
  if (!result.ok) throw new Error(result.error.message);
  const after = applyEdits(text, result.value);
  expect(applyEdits(after, invertEdits(result.value))).toBe(text);
  return after;
};

const head = 'brokerloom: 1\ndesign: { name: x }\n';

const cases: readonly [what: string, before: string, patches: Patch[], after: string][] = [
  [
    'sets a scalar and keeps the comment behind it',
    'queues:\n  a:\n    broker: w # where\n    maxLength: 5 # few\n',
    [{ op: 'set', path: ['queues', 'a', 'maxLength'], value: 9 }],
    'queues:\n  a:\n    broker: w # where\n    maxLength: 9 # few\n',
  ],
  [
    'keeps the quotes of a string',
    'brokers:\n  w: { kind: rabbitmq, version: "4.3" }\n',
    [{ op: 'set', path: ['brokers', 'w', 'version'], value: '4.4' }],
    'brokers:\n  w: { kind: rabbitmq, version: "4.4" }\n',
  ],
  [
    'keeps a text of several lines in lines',
    'notes:\n  n:\n    text: |\n      # Why\n\n      one\n\n  # next\n  m: { text: b }\n',
    [{ op: 'set', path: ['notes', 'n', 'text'], value: '## Why not\n\n- two: three\n' }],
    'notes:\n  n:\n    text: |\n      ## Why not\n\n      - two: three\n\n  # next\n  m: { text: b }\n',
  ],
  [
    'puts between quotes what lines cannot hold',
    'notes:\n  n:\n    text: |\n      one\n  m: { text: b }\n',
    [{ op: 'set', path: ['notes', 'n', 'text'], value: 'two\n three' }],
    'notes:\n  n:\n    text: "two\\n three"\n  m: { text: b }\n',
  ],
  [
    'adds an attribute before the comment that belongs to the next element',
    'queues:\n  a:\n    broker: w\n\n  # the second\n  b: { broker: w }\n',
    [{ op: 'set', path: ['queues', 'a', 'deadLetter'], value: true }],
    'queues:\n  a:\n    broker: w\n    deadLetter: true\n\n  # the second\n  b: { broker: w }\n',
  ],
  [
    'adds an attribute to a flow map',
    'queues:\n  a: { broker: w }\n',
    [{ op: 'set', path: ['queues', 'a', 'deadLetter'], value: { target: 'd', owner: 'team a, b' } }],
    'queues:\n  a: { broker: w, deadLetter: { target: d, owner: "team a, b" } }\n',
  ],
  [
    'writes an element in lines that grows too long for one',
    'flows:\n  f: { pattern: topic, from: [checkout], to: [charge-customer, reserve-inventory] }\n  # next\n',
    [{ op: 'set', path: ['flows', 'f', 'orderingKey'], value: '/customer/id' }],
    'flows:\n  f:\n    pattern: topic\n    from: [checkout]\n    to: [charge-customer, reserve-inventory]\n    orderingKey: /customer/id\n  # next\n',
  ],
  [
    'writes a list in lines that is too long for one',
    'flows:\n  f:\n    pattern: topic\n',
    [
      {
        op: 'set',
        path: ['flows', 'f', 'scalePlan'],
        value: [
          {
            trigger: 'more than 3000 messages/s',
            action: 'scale out',
            element: 'services/payment',
            to: '29 instances',
          },
        ],
      },
    ],
    'flows:\n  f:\n    pattern: topic\n    scalePlan:\n      - { trigger: more than 3000 messages/s, action: scale out, element: services/payment, to: 29 instances }\n',
  ],
  [
    'leaves an element on one line that somebody wrote in another way',
    'flows:\n  f: { pattern: "topic", from: [checkout], to: [charge-customer, reserve-inventory] }\n',
    [{ op: 'set', path: ['flows', 'f', 'orderingKey'], value: '/customer/id' }],
    'flows:\n  f: { pattern: "topic", from: [checkout], to: [charge-customer, reserve-inventory], orderingKey: /customer/id }\n',
  ],
  [
    'fills an empty flow map',
    'services:\n  order: {}\n',
    [{ op: 'set', path: ['services', 'order', 'owner'], value: 'team' }],
    'services:\n  order: { owner: team }\n',
  ],
  [
    'fills an empty element',
    'services:\n  order: # soon\n  other:\n',
    [{ op: 'set', path: ['services', 'order', 'owner'], value: 'team' }],
    'services:\n  order: # soon\n    owner: team\n  other:\n',
  ],
  [
    'opens an empty section',
    'queues: {}\n',
    [{ op: 'set', path: ['queues', 'a'], value: { broker: 'w', type: 'quorum' } }],
    'queues:\n  a:\n    broker: w\n    type: quorum\n',
  ],
  [
    'puts a new section in its place',
    'brokers:\n  w: { kind: rabbitmq }\n\n# where messages go in\nproducers:\n  p: { channel: a }\n',
    [{ op: 'set', path: ['queues', 'a'], value: { broker: 'w' } }],
    'brokers:\n  w: { kind: rabbitmq }\n\nqueues:\n  a:\n    broker: w\n\n# where messages go in\nproducers:\n  p: { channel: a }\n',
  ],
  [
    'lets a patch build on the one before it',
    'brokers:\n  w: { kind: rabbitmq }\n',
    [
      { op: 'set', path: ['queues', 'a'], value: { broker: 'w' } },
      { op: 'set', path: ['queues', 'b'], value: { broker: 'w' } },
      { op: 'set', path: ['queues', 'a', 'deadLetter'], value: true },
    ],
    'brokers:\n  w: { kind: rabbitmq }\n\nqueues:\n  a:\n    broker: w\n    deadLetter: true\n  b:\n    broker: w\n',
  ],
  [
    'keeps an attribute of the last element and a new element apart',
    'queues:\n  a:\n    broker: w\n',
    [
      { op: 'set', path: ['queues', 'b'], value: { broker: 'w' } },
      { op: 'set', path: ['queues', 'a', 'deadLetter'], value: true },
    ],
    'queues:\n  a:\n    broker: w\n    deadLetter: true\n  b:\n    broker: w\n',
  ],
  [
    'writes elements on one line where their neighbours are',
    'queues:\n  a: { broker: w }\n',
    [{ op: 'set', path: ['queues', 'b'], value: { broker: 'w' } }],
    'queues:\n  a: { broker: w }\n  b: { broker: w }\n',
  ],
  [
    'keeps the layout sorted',
    'layout:\n  queues/b: [0, 0]\n  queues/d: [0, 0]\n',
    [
      { op: 'set', path: ['layout', 'queues/e'], value: [5, 6] },
      { op: 'set', path: ['layout', 'queues/c'], value: [3, 4] },
      { op: 'set', path: ['layout', 'queues/a'], value: [1, 2] },
      { op: 'set', path: ['layout', 'queues/b'], value: [8, 8] },
    ],
    'layout:\n  queues/a: [1, 2]\n  queues/b: [8, 8]\n  queues/c: [3, 4]\n  queues/d: [0, 0]\n  queues/e: [5, 6]\n',
  ],
  [
    'removes an element with its lines and keeps the comment above',
    'queues:\n  # first\n  a:\n    broker: w # x\n  b: { broker: w }\n',
    [{ op: 'remove', path: ['queues', 'a'] }],
    'queues:\n  # first\n  b: { broker: w }\n',
  ],
  [
    'removes the last element and adds one in the same go',
    'queues:\n  a: { broker: w }\n  b: { broker: w }\n',
    [
      { op: 'remove', path: ['queues', 'b'] },
      { op: 'set', path: ['queues', 'c'], value: { broker: 'w' } },
    ],
    'queues:\n  a: { broker: w }\n  c: { broker: w }\n',
  ],
  [
    'removes from a flow map: first, middle, last',
    'queues:\n  a: { broker: w, type: quorum, role: work, maxLength: 1 }\n',
    [
      { op: 'remove', path: ['queues', 'a', 'broker'] },
      { op: 'remove', path: ['queues', 'a', 'role'] },
      { op: 'remove', path: ['queues', 'a', 'maxLength'] },
    ],
    'queues:\n  a: { type: quorum }\n',
  ],
  [
    'changes only what differs inside an object',
    'consumers:\n  c:\n    retry:\n      maxAttempts: -1 # for ever\n      jitter: full\n      baseDelay: 1s\n',
    [{ op: 'set', path: ['consumers', 'c', 'retry'], value: { maxAttempts: 5, jitter: 'full' } }],
    'consumers:\n  c:\n    retry:\n      maxAttempts: 5 # for ever\n      jitter: full\n',
  ],
  [
    'replaces a block by a scalar',
    'consumers:\n  c:\n    retry:\n      maxAttempts: 2\n    ack: after\n',
    [{ op: 'set', path: ['consumers', 'c', 'retry'], value: 'standard' }],
    'consumers:\n  c:\n    retry: standard\n    ack: after\n',
  ],
  [
    'renames a key in place',
    'queues:\n  a: { broker: w } # keep\n',
    [{ op: 'rename', path: ['queues', 'a'], to: 'b' }],
    'queues:\n  b: { broker: w } # keep\n',
  ],
  [
    'edits lists: set, append, remove',
    'flows:\n  f:\n    from: [a, b]\n    to:\n      - x # one\n      - y\n',
    [
      { op: 'set', path: ['flows', 'f', 'from', 0], value: 'c' },
      { op: 'set', path: ['flows', 'f', 'from', 2], value: 'd' },
      { op: 'remove', path: ['flows', 'f', 'to', 0] },
      { op: 'set', path: ['flows', 'f', 'to', 1], value: 'z' },
    ],
    'flows:\n  f:\n    from: [c, b, d]\n    to:\n      - y\n      - z\n',
  ],
];

describe('editText', () => {
  it.each(cases)('%s', (_, before, patches, after) => {
    expect(edited(head + before, ...patches)).toBe(head + after);
  });

  it.each(cases)('with CRLF: %s', (_, before, patches, after) => {
    const crlf = (text: string): string => (head + text).replaceAll('\n', '\r\n');
    expect(edited(crlf(before), ...patches)).toBe(crlf(after));
  });

  it.each(cases)('without a final line break: %s', (_, before, patches, after) => {
    expect(edited((head + before).trimEnd(), ...patches)).toBe((head + after).trimEnd());
  });

  it.each(styles)('%s', (_, before, patches, after) => {
    expect(edited(head + before, ...patches)).toBe(head + after);
    expect(edited(`\ufeff${head}${before}`, ...patches)).toBe(`\ufeff${head}${after}`);
  });

  it.each(styles.filter(([, before]) => !before.includes('\r')))(
    'with CRLF: %s',
    (_, before, patches, after) => {
      const crlf = (text: string): string => (head + text).replaceAll('\n', '\r\n');
      expect(edited(crlf(before), ...patches)).toBe(crlf(after));
    },
  );

  it.each([
    ['an anchor is shared', 'services:\n  a: &s { owner: t }\n  b: *s\n', ['services', 'a', 'owner']],
    ['an anchor is needed', 'services:\n  a: &s { owner: t }\n  b: *s\n', ['services', 'a']],
    ['an alias is in the way', 'services:\n  a: &s { owner: t }\n  b: *s\n', ['services', 'b', 'owner']],
  ])('refuses where %s, and changes nothing', (_, text, path) => {
    const { source } = load(head + text);
    const result = source && editText(source, [{ op: 'remove', path }]);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'LOOM_COMMAND', at: { offset: expect.any(Number) } },
    });
  });

  it('refuses to write through an alias', () => {
    const { source } = load(`${head}services: &s\n  a: {}\nx-copy: *s\n`);
    const result = source && editText(source, [{ op: 'set', path: ['x-copy', 'b'], value: {} }]);
    expect(result).toMatchObject({ ok: false, error: { code: 'LOOM_COMMAND' } });
  });
});
