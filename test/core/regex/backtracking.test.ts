import { describe, expect, it } from 'vitest';
import { patternFault } from '../../../core/regex/backtracking.ts';

describe('patternFault', () => {
  it.each([
    '^[A-Z]{3}$',
    '^([a-z]+\\.)*[a-z]+$',
    '^[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*){1,4}$',
    '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})$',
    '^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$',
    '^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$',
    '^(?:foo|bar|baz)*$',
    '^(?<year>\\d+)/(?<month>\\d+)$',
    '^(?!.*\\.\\.)[\\w.]+$',
    '^[^@\\s]+@[^@\\s]+\\.[a-z]+$',
    '^(?:a|b)?c{2,3}\\p{Lu}+\\u{1F600}\\x41[\\]\\\\]$',
    '\\bword\\b',
    '',
  ])('accepts %s', (source) => {
    expect(patternFault(source)).toBeUndefined();
  });

  it.each([
    '^(a+)+$',
    '^(a*)*$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '^([a-zA-Z]+)*$',
    '^(\\w|\\d)+$',
    '^(.*a){20}$',
    '^(a?b?)*c$',
    '^(\\s*\\w*\\s*)*$',
    '^(?=(a+)+$)b',
    '^([a-z]+\\.?)+$',
  ])('refuses %s, which takes exponential time', (source) => {
    expect(patternFault(source)).toMatch(/exponential time/);
  });

  it('refuses back-references, what is no expression, and what is too large to judge', () => {
    expect(patternFault('(a*)\\1')).toMatch(/refers back/);
    expect(patternFault('(')).toMatch(/not a regular expression/);
    expect(patternFault('a'.repeat(1001))).toMatch(/longer than 1000/);
    expect(patternFault('((((a{16}){16}){16}){16}){16}')).toMatch(/too large/);
    expect(patternFault(`^(?:${'[a-z]?'.repeat(160)})*$`)).toMatch(/too large|exponential/);
  });
});
