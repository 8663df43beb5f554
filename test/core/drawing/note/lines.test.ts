import { expect, test } from 'vitest';
import { linesOf } from '../../../../core/drawing/note/lines.ts';
import { blocksOf } from '../../../../core/drawing/note/markdown.ts';

const lines = (markdown: string, width = 200): string[] =>
  linesOf(blocksOf(markdown), width).map(({ runs }) =>
    runs
      .map(({ text, strong, emphasis, code, link }) => {
        const marks = [strong && 'b', emphasis && 'i', code && 'c', link && 'a'].filter(Boolean).join('');
        return marks ? `<${marks}>${text}</${marks}>` : text;
      })
      .join('')
      .trimEnd(),
  );

test.each([
  ['two paragraphs', 'One.\n\nTwo.', ['One.', 'Two.']],
  ['a break in the source is a space', 'one\ntwo', ['one two']],
  ['a hard break', 'one\\\ntwo', ['one', 'two']],
  ['styles', '**Why** *not* `x` [here](https://example.org)', ['<b>Why</b> <i>not</i> <c>x</c> <a>here</a>']],
  ['a heading', '# Title\ntext', ['<b>Title</b>', 'text']],
  ['a list', '- a\n- b', ['•  a', '•  b']],
  ['a numbered list', '3. a\n4. b', ['3. a', '4. b']],
  ['code', '```\na\n  b\n```', ['<c>a</c>', '<c>  b</c>']],
  ['a quotation', '> said', ['<i>said</i>']],
  ['HTML is text', '<b>x</b>', ['<b>x</b>']],
  ['a picture is its text', '![plan](https://example.org/a.png)', ['plan']],
])('%s', (_, markdown, expected) => expect(lines(markdown)).toEqual(expected));

test('long lines are broken between words', () => {
  const broken = lines('Whatever no binding matched is kept and alerted on.', 100);
  expect(broken.length).toBeGreaterThan(2);
  expect(broken.join(' ')).toBe('Whatever no binding matched is kept and alerted on.');
});

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://example.org', '//example.org'])(
  'a link to %s leads nowhere',
  (url) => {
    expect(blocksOf(`[x](${url})`)).toEqual([
      { kind: 'paragraph', parts: [{ kind: 'link', url: undefined, parts: [{ kind: 'text', text: 'x' }] }] },
    ]);
  },
);
