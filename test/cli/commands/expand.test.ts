import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expandedOutput } from '../../../core/contract/expanded.ts';
import { brokerloom, designOf, example } from '../support.ts';

test('prints the design with its shorthand written out, and leaves the file as it is', async () => {
  const text = await readFile(example('fulfilment'), 'utf8');
  const path = await designOf(text);
  const { code, out, err } = brokerloom(['expand', path]);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^\d+ implied elements\n$/) });
  expect(out).toContain('  # from deadLetter of queues/email\n  email.dlq:\n');
  expect(await readFile(path, 'utf8')).toBe(text);
  expect(brokerloom(['lint', await designOf(out)]).code).toBe(0);
});

test('--json is as its schema says', () => {
  const { code, out } = brokerloom(['expand', '--json', example('orders')]);
  expect(code).toBe(0);
  const { implied } = expandedOutput.parse(JSON.parse(out));
  expect(implied).toContainEqual({
    element: 'streams/inventory.reserve-stock.retry',
    from: 'consumers/reserve-stock',
    field: 'deadLetter',
    role: 'replay',
  });
});

test('refuses what is no design', async () => {
  const { code, out, err } = brokerloom(['expand', await designOf('asyncapi: 3.0.0\n')]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^LOOM_FORMAT \S+:1:1 /);
});
