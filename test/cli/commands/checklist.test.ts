import { expect, test } from 'vitest';
import { checklistOutput } from '../../../core/contract/checklist.ts';
import { brokerloom, designOf, example } from '../support.ts';

test.each([
  ['orders', 0],
  ['naive', 1],
])('%s gives exit code %i', (name, code) => {
  const ran = brokerloom(['checklist', example(name)]);
  expect({ code: ran.code, err: ran.err }).toEqual({ code, err: '' });
  expect(ran.out).toMatch(/^(pass|fail) +1 Is the pattern/m);
});

test('--json is --format json, and the same each time', () => {
  const { out } = brokerloom(['checklist', '--json', example('naive')]);
  expect(checklistOutput.parse(JSON.parse(out)).counts.fail).toBeGreaterThan(0);
  expect(brokerloom(['checklist', '--format', 'json', example('naive')]).out).toBe(out);
});

test('a file that is no design gives exit code 2 and no answer', async () => {
  expect(brokerloom(['checklist', await designOf('a: 1\n')])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^LOOM_FORMAT /),
  });
});
