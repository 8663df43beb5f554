import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentText } from '../../../generators/kit/comments.ts';

test('a comment stays one comment on one line, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(commentText(text)).not.toMatch(/[\r\n\u2028\u2029]|\*\//);
    }),
  );
  expect(commentText('*/x/*')).toBe('*\\/x/*');
  expect(commentText('**//')).toBe('**\\//');
});
