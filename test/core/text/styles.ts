import type { Patch } from '../../../core/text/patch.ts';

/** Edits of designs in the many ways YAML lets people write: text, patches, and the text that they must give. */
export const styles: readonly [what: string, before: string, patches: Patch[], after: string][] = [
  [
    'adds to a flow map over several lines, behind the comments of the last',
    'queues: {\n  a: { broker: w }, # first\n  b: { broker: w } # second\n}\n',
    [{ op: 'set', path: ['queues', 'c'], value: { broker: 'w' } }],
    'queues: {\n  a: { broker: w }, # first\n  b: { broker: w }, # second\n  c: { broker: w }\n}\n',
  ],
  [
    'adds to flow maps that end in a comma',
    'queues: {\n  a: {\n    broker: w, # first\n    type: quorum,\n  },\n}\n',
    [
      { op: 'set', path: ['queues', 'a', 'maxLength'], value: 5 },
      { op: 'set', path: ['queues', 'c'], value: { broker: 'w' } },
    ],
    'queues: {\n  a: {\n    broker: w, # first\n    type: quorum,\n    maxLength: 5,\n  },\n  c: { broker: w },\n}\n',
  ],
  [
    'removes the last line of a flow map',
    'queues:\n  a: {\n    broker: w, # first\n    type: quorum # q\n  }\n',
    [{ op: 'remove', path: ['queues', 'a', 'type'] }],
    'queues:\n  a: {\n    broker: w, # first\n  }\n',
  ],
  [
    'removes the first line of a flow map',
    'queues:\n  a: {\n    broker: w, # first\n    type: quorum # q\n  }\n',
    [{ op: 'remove', path: ['queues', 'a', 'broker'] }],
    'queues:\n  a: {\n    type: quorum # q\n  }\n',
  ],
  [
    'removes all lines of a flow map',
    'queues:\n  a: {\n    broker: w, # first\n    type: quorum # q\n  }\n',
    [
      { op: 'remove', path: ['queues', 'a', 'broker'] },
      { op: 'remove', path: ['queues', 'a', 'type'] },
    ],
    'queues:\n  a: {\n  }\n',
  ],
  [
    'adds an element beside one with an explicit key',
    'queues:\n  ? a\n  : broker: w\n    type: quorum\n',
    [{ op: 'set', path: ['queues', 'b'], value: { broker: 'w' } }],
    'queues:\n  ? a\n  : broker: w\n    type: quorum\n  b:\n    broker: w\n',
  ],
  [
    'sets an attribute below an explicit key',
    'queues:\n  ? a\n  : broker: w\n    type: quorum\n',
    [{ op: 'set', path: ['queues', 'a', 'type'], value: 'classic' }],
    'queues:\n  ? a\n  : broker: w\n    type: classic\n',
  ],
  [
    'adds an attribute below an explicit key',
    'queues:\n  ? a\n  : broker: w\n    type: quorum\n',
    [{ op: 'set', path: ['queues', 'a', 'maxLength'], value: 5 }],
    'queues:\n  ? a\n  : broker: w\n    type: quorum\n    maxLength: 5\n',
  ],
  [
    'removes an explicit key with its value',
    'queues:\n  ? a\n  : broker: w\n  ? b\n  : broker: w\n',
    [{ op: 'remove', path: ['queues', 'a'] }],
    'queues:\n  ? b\n  : broker: w\n',
  ],
  [
    'removes the first attribute below an explicit key',
    'queues:\n  ? a\n  : broker: w\n    type: quorum\n',
    [{ op: 'remove', path: ['queues', 'a', 'broker'] }],
    'queues:\n  ? a\n  : type: quorum\n',
  ],
  [
    'replaces a block scalar, whose # is no comment',
    'services:\n  a:\n    description: |\n      line 1\n      # not comment\n      line 2\n    owner: t\n',
    [
      { op: 'set', path: ['services', 'a', 'description'], value: 'short' },
      { op: 'set', path: ['services', 'a', 'owner'], value: 'u' },
    ],
    'services:\n  a:\n    description: short\n    owner: u\n',
  ],
  [
    'adds behind a block scalar',
    'services:\n  a:\n    description: |\n      line 1\n\n  b: {}\n',
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'u' }],
    'services:\n  a:\n    description: |\n      line 1\n    owner: u\n\n  b: {}\n',
  ],
  [
    'adds behind a block scalar that keeps its blank lines',
    'services:\n  a:\n    description: |+\n      line 1\n\n\n',
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'u' }],
    'services:\n  a:\n    description: |+\n      line 1\n\n\n    owner: u\n',
  ],
  [
    'adds behind a folded text at the end of the file',
    'services:\n  a:\n    description: >-\n      line 1\n      line 2',
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'u' }],
    'services:\n  a:\n    description: >-\n      line 1\n      line 2\n    owner: u',
  ],
  [
    'removes a block scalar',
    'services:\n  a:\n    description: |\n      line 1\n    owner: t\n',
    [{ op: 'remove', path: ['services', 'a', 'description'] }],
    'services:\n  a:\n    owner: t\n',
  ],
  [
    'keeps an indentation of four',
    'queues:\n    a:\n        broker: w\n',
    [
      { op: 'set', path: ['queues', 'b'], value: { broker: 'w' } },
      {
        op: 'set',
        path: ['queues', 'a', 'deadLetter'],
        value: {
          target: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
          owner: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        },
      },
    ],
    'queues:\n    a:\n        broker: w\n        deadLetter:\n            target: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n            owner: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n    b:\n        broker: w\n',
  ],
  [
    'fills what is empty with the indentation of the file',
    'queues:\n    a:\n        broker: w\nservices:\n    s:\n',
    [
      { op: 'set', path: ['services', 's', 'owner'], value: 't' },
      { op: 'set', path: ['queues', 'a', 'type'], value: 'quorum' },
    ],
    'queues:\n    a:\n        broker: w\n        type: quorum\nservices:\n    s:\n        owner: t\n',
  ],
  [
    'edits a list that is not indented',
    'flows:\n  f:\n    from:\n    - a\n    - b\n    pattern: queue\n',
    [
      { op: 'set', path: ['flows', 'f', 'from', 2], value: 'c' },
      { op: 'remove', path: ['flows', 'f', 'from', 0] },
    ],
    'flows:\n  f:\n    from:\n    - b\n    - c\n    pattern: queue\n',
  ],
  [
    'leaves an empty list, not null, of a block list',
    'flows:\n  f:\n    from: # who\n      - a\n      - b\n    pattern: queue\n',
    [
      { op: 'remove', path: ['flows', 'f', 'from', 1] },
      { op: 'remove', path: ['flows', 'f', 'from', 0] },
    ],
    'flows:\n  f:\n    from: [] # who\n    pattern: queue\n',
  ],
  [
    'leaves an empty map, not null, of a block map',
    'queues:\n  a:\n    broker: w\n    retry:\n      # few\n      maxAttempts: 2\n    type: quorum\n',
    [{ op: 'remove', path: ['queues', 'a', 'retry', 'maxAttempts'] }],
    'queues:\n  a:\n    broker: w\n    retry: {}\n      # few\n    type: quorum\n',
  ],
  [
    'edits maps in a list',
    'consumers:\n  c:\n    externalCalls:\n      - name: a\n        idempotent: true\n      - { name: b }\n',
    [
      { op: 'set', path: ['consumers', 'c', 'externalCalls', 0, 'name'], value: 'z' },
      { op: 'set', path: ['consumers', 'c', 'externalCalls', 1, 'idempotent'], value: false },
      { op: 'set', path: ['consumers', 'c', 'externalCalls', 2], value: { name: 'q' } },
      { op: 'remove', path: ['consumers', 'c', 'externalCalls', 0, 'idempotent'] },
    ],
    'consumers:\n  c:\n    externalCalls:\n      - name: z\n      - { name: b, idempotent: false }\n      - { name: q }\n',
  ],
  [
    'removes the key behind the dash of a list item',
    'consumers:\n  c:\n    externalCalls:\n      - name: a\n        idempotent: true\n',
    [{ op: 'remove', path: ['consumers', 'c', 'externalCalls', 0, 'name'] }],
    'consumers:\n  c:\n    externalCalls:\n      - idempotent: true\n',
  ],
  [
    'removes a list item of several lines',
    'consumers:\n  c:\n    externalCalls:\n      - name: a # x\n        idempotent: true\n      # second\n      - name: b\n',
    [{ op: 'remove', path: ['consumers', 'c', 'externalCalls', 0] }],
    'consumers:\n  c:\n    externalCalls:\n      # second\n      - name: b\n',
  ],
  [
    'fills a section of comments',
    'queues:\n  # none yet\n',
    [{ op: 'set', path: ['queues', 'a'], value: { broker: 'w' } }],
    'queues:\n  a:\n    broker: w\n  # none yet\n',
  ],
  [
    'fills a section of comments before another section',
    'queues:\n  # none yet\n\nservices:\n  a: {}\n',
    [{ op: 'set', path: ['queues', 'a'], value: { broker: 'w' } }],
    'queues:\n  a:\n    broker: w\n  # none yet\n\nservices:\n  a: {}\n',
  ],
  [
    'sets a value on a line of its own',
    'queues:\n  a:\n    broker:\n      w\n    type: quorum\n',
    [{ op: 'set', path: ['queues', 'a', 'broker'], value: 'v' }],
    'queues:\n  a:\n    broker:\n      v\n    type: quorum\n',
  ],
  [
    'adds to a flow map on a line of its own',
    'queues:\n  a:\n    { broker: w }\n  b: {broker: w}\n',
    [
      { op: 'set', path: ['queues', 'a', 'type'], value: 'quorum' },
      { op: 'remove', path: ['queues', 'b'] },
    ],
    'queues:\n  a:\n    { broker: w, type: quorum }\n',
  ],
  [
    'edits values with anchors that nothing shares',
    'queues:\n  a: &a\n    broker: w\n  b: { broker: &w w }\n',
    [
      { op: 'set', path: ['queues', 'a', 'type'], value: 'quorum' },
      { op: 'set', path: ['queues', 'b', 'broker'], value: 'z' },
    ],
    'queues:\n  a: &a\n    broker: w\n    type: quorum\n  b: { broker: &w z }\n',
  ],
  [
    'replaces a block with an anchor',
    'consumers:\n  c:\n    retry: &r\n      maxAttempts: 2\n    ack: after\n',
    [{ op: 'set', path: ['consumers', 'c', 'retry'], value: 'standard' }],
    'consumers:\n  c:\n    retry: standard\n    ack: after\n',
  ],
  [
    'sets a value with a tag',
    'services:\n  a: { owner: !!str 5 }\n',
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'team' }],
    'services:\n  a: { owner: !!str team }\n',
  ],
  [
    'edits below quoted keys',
    'queues:\n  "a": { "broker": "w" }\n  \'b\':\n    \'broker\': \'w\'\n',
    [
      { op: 'set', path: ['queues', 'a', 'type'], value: 'quorum' },
      { op: 'set', path: ['queues', 'b', 'type'], value: 'quorum' },
      { op: 'rename', path: ['queues', 'b'], to: 'c' },
    ],
    'queues:\n  "a": { "broker": "w", type: quorum }\n  c:\n    \'broker\': \'w\'\n    type: quorum\n',
  ],
  [
    'edits JSON',
    'queues: {"a": {"broker": "w"}}\n',
    [
      { op: 'set', path: ['queues', 'a', 'type'], value: 'quorum' },
      { op: 'set', path: ['queues', 'b'], value: { broker: 'w' } },
    ],
    'queues: {"a": {"broker": "w", type: quorum}, b: { broker: w }}\n',
  ],
  [
    'replaces a quoted text over two lines',
    'services:\n  a:\n    description: "one\n      two"\n    owner: t\n',
    [
      { op: 'set', path: ['services', 'a', 'description'], value: 'x' },
      { op: 'set', path: ['services', 'a', 'owner'], value: 'v' },
    ],
    'services:\n  a:\n    description: "x"\n    owner: v\n',
  ],
  [
    'replaces a plain text over two lines',
    'services:\n  a:\n    description: one\n      two\n    owner: t\n',
    [{ op: 'set', path: ['services', 'a', 'description'], value: 'x' }],
    'services:\n  a:\n    description: x\n    owner: t\n',
  ],
  [
    'fills elements that are written as null',
    'services:\n  a: ~\n  b: null\n',
    [
      { op: 'set', path: ['services', 'a', 'owner'], value: 't' },
      { op: 'set', path: ['services', 'b', 'owner'], value: 'u' },
    ],
    'services:\n  a: { owner: t }\n  b: { owner: u }\n',
  ],
  [
    'keeps trailing spaces and tabs before comments',
    'queues:   \n  a:   \n    broker: w   \n    type: quorum\t# tab\n',
    [
      { op: 'set', path: ['queues', 'a', 'broker'], value: 'v' },
      { op: 'set', path: ['queues', 'a', 'type'], value: 'classic' },
      { op: 'set', path: ['queues', 'a', 'maxLength'], value: 4 },
      { op: 'set', path: ['queues', 'b'], value: { broker: 'w' } },
    ],
    'queues:   \n  a:   \n    broker: v   \n    type: classic\t# tab\n    maxLength: 4\n  b:\n    broker: w\n',
  ],
  [
    'adds behind a block scalar with CRLF',
    'services:\r\n  a:\r\n    description: |\r\n      l1\r\n      l2\r\n    owner: t\r\n',
    [{ op: 'set', path: ['services', 'a', 'x'], value: 't' }],
    'services:\r\n  a:\r\n    description: |\r\n      l1\r\n      l2\r\n    owner: t\n    x: t\r\n',
  ],
  [
    'writes text of several lines on one',
    'services:\n  a:\n    owner: t\n',
    [{ op: 'set', path: ['services', 'a', 'description'], value: 'l1\nl2\n' }],
    'services:\n  a:\n    owner: t\n    description: "l1\\nl2\\n"\n',
  ],
  [
    'leaves single quotes where they cannot hold the text',
    "services:\n  a:\n    owner: 't'\n",
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'l1\nl2: # "x" \'y\'' }],
    'services:\n  a:\n    owner: "l1\\nl2: # \\"x\\" \'y\'"\n',
  ],
  [
    'opens an empty section and keeps the comment behind it',
    'queues: {} # none\nservices: {a: {}}\n',
    [{ op: 'set', path: ['queues', 'a'], value: { broker: 'w' } }],
    'queues:\n  a:\n    broker: w # none\nservices: {a: {}}\n',
  ],
  [
    'fills an empty flow section that holds a comment',
    'queues: {\n  # none\n}\n',
    [{ op: 'set', path: ['queues', 'a'], value: { broker: 'w' } }],
    'queues: {\n  # none\n  a: { broker: w }\n}\n',
  ],
  [
    'edits a flow list over several lines',
    'flows:\n  f:\n    from: [\n      a, # a\n      b # b\n    ]\n',
    [
      { op: 'set', path: ['flows', 'f', 'from', 2], value: 'c' },
      { op: 'remove', path: ['flows', 'f', 'from', 0] },
    ],
    'flows:\n  f:\n    from: [\n      b, # b\n      c\n    ]\n',
  ],
  [
    'removes the only element of a section',
    'queues:\n  # c\n  a: { broker: w }\nservices:\n  x: {}\n',
    [{ op: 'remove', path: ['queues', 'a'] }],
    'queues:\n  # c\nservices:\n  x: {}\n',
  ],
  [
    'gives a key of a flow map a value',
    'services: { a, b: }\n',
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'x' }],
    'services: { a: { owner: x }, b: }\n',
  ],
  [
    'fills an empty value of a flow map',
    'services: { a: , b: {} }\n',
    [{ op: 'set', path: ['services', 'a', 'owner'], value: 'x' }],
    'services: { a: { owner: x } , b: {} }\n',
  ],
  [
    'keeps the comments around a block that changes',
    'services:\n  a: # c1\n    # c2\n    owner: t # c3\n    # c4\n  # c5\n  b: {}\n',
    [
      { op: 'set', path: ['services', 'a', 'x'], value: 't' },
      { op: 'remove', path: ['services', 'a', 'owner'] },
    ],
    'services:\n  a: # c1\n    # c2\n    x: t\n    # c4\n  # c5\n  b: {}\n',
  ],
];
