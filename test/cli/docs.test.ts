import { expect, test } from 'vitest';
import { docsBase, publishedDocs } from '../../cli/docs.ts';

test.each([
  'git+https://github.com/acme/loom.git',
  'https://github.com/acme/loom',
  'git+ssh://git@github.com/acme/loom.git',
  'github:acme/loom',
])('%s shows its files', (url) => {
  expect(publishedDocs(url)).toBe('https://github.com/acme/loom/blob/HEAD/');
  expect(publishedDocs({ url })).toBe('https://github.com/acme/loom/blob/HEAD/');
});

test.each([undefined, 'https://example.org/acme/loom.git', 'https://github.com/acme', 'github.com'])(
  'what %s shows is not known',
  (url) => expect(publishedDocs(url)).toBeUndefined(),
);

test('a base gets its last slash', () => {
  expect(docsBase('https://example.org/a')).toEqual({ ok: true, value: 'https://example.org/a/' });
  expect(docsBase('http://example.org')).toEqual({ ok: true, value: 'http://example.org/' });
});

test.each(['docs', '', 'javascript:alert(1)', 'https://example.org/?a', 'https://example.org/#a'])(
  '%j is no base',
  (text) => expect(docsBase(text)).toMatchObject({ ok: false, error: { code: 'LOOM_USAGE' } }),
);
