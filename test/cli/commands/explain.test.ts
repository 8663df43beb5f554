import { expect, test } from 'vitest';
import { catalogue } from '../../../core/review/catalogue.ts';
import { brokerloom } from '../support.ts';

test('lists every rule', () => {
  const { rules } = JSON.parse(brokerloom(['explain', '--json']).out);
  expect(rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(catalogue));
});

test('says what a rule finds, why, and where its facts come from', () => {
  const { docs, sources } = catalogue['dlq/required'].meta;
  const { code, out } = brokerloom(['explain', 'dlq/required']);
  expect(code).toBe(0);
  for (const part of [docs.what, docs.why, ...sources]) expect(out).toContain(part);
});

test.each([
  ['dlq/requred', 'Did you mean dlq/required?'],
  ['__proto__', 'brokerloom explain lists the rules.'],
])('has no rule %s', (id, hint) => {
  expect(brokerloom(['explain', id])).toEqual({
    code: 2,
    out: '',
    err: `LOOM_USAGE There is no rule "${id}".\n  ${hint}\n`,
  });
});
