import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../../core/review/config/read.ts';

test('an empty file and a full one are read', () => {
  expect(readConfig('')).toEqual({ ok: true, value: {} });
  expect(readConfig('# nothing yet\n')).toEqual({ ok: true, value: {} });
  const text = `
preset: strict
rules:
  dlq/required: warn
  waiver/unused: { severity: info }
overrides:
  - files: ['legacy/**']
    elements: ['queues/*']
    rules: { ordering/requirement-stated: off }
`;
  expect(readConfig(text)).toMatchObject({ ok: true, value: { preset: 'strict' } });
});

describe('what means nothing is a problem with its place:', () => {
  test.each([
    ['YAML that is none', 'a: [', 'LOOM_SYNTAX', 1, /./],
    ['a list', '- a\n', 'LOOM_CONFIG', 1, /The file/],
    ['an unknown setting', 'preset: all\nrulez: {}\n', 'LOOM_CONFIG', 2, /rulez: there is no such setting/],
    ['an unknown preset', 'preset: lax\n', 'LOOM_CONFIG', 1, /preset/],
    ['an unknown rule', 'rules:\n  dlq/requird: off\n', 'LOOM_CONFIG', 2, /no rule "dlq\/requird"/],
    ['an unknown severity', 'rules:\n  dlq/required: fatal\n', 'LOOM_CONFIG', 2, /neither a severity/],
    [
      'an unknown option',
      'rules:\n  dlq/required:\n    severity: warn\n    options: { depth: 3 }\n',
      'LOOM_CONFIG',
      4,
      /rules\.dlq\/required\.options\.depth: there is no such setting/,
    ],
    [
      'options of a rule without any',
      'rules: { waiver/unused: { options: { a: 1 } } }',
      'LOOM_CONFIG',
      1,
      /no options/,
    ],
    [
      'an unknown rule in an override',
      'overrides:\n  - files: [a]\n    rules: { a/b: off }\n',
      'LOOM_CONFIG',
      3,
      /no rule "a\/b"/,
    ],
    [
      'options for some elements',
      'overrides:\n  - elements: [queues/a]\n    rules: { dlq/required: { options: {} } }\n',
      'LOOM_CONFIG',
      3,
      /hold for a design/,
    ],
    [
      'a name pattern of no section',
      'naming:\n  queue: a\n',
      'LOOM_CONFIG',
      2,
      /naming\.queue: there is no such section/,
    ],
    ['a pattern that can take for ever', 'naming:\n  queues: (a+)+$\n', 'LOOM_CONFIG', 2, /exponential time/],
    ['too many aliases', `a: &a [1]\nb: [${'*a,'.repeat(200)}]\n`, 'LOOM_CONFIG', 1, /aliases/],
  ])('%s', (_, text, code, line, message) => {
    const result = readConfig(text);
    if (result.ok) throw new Error('was read');
    const [problem] = result.error;
    expect(problem).toMatchObject({ code, at: { line } });
    expect(problem?.message).toMatch(message);
  });

  test('with what was probably meant', () => {
    const result = readConfig('rules: { dlq/requird: off }');
    expect(!result.ok && result.error[0]?.hint).toBe('Did you mean dlq/required?');
  });
});
