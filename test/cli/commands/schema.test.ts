import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { brokerloom, example } from '../support.ts';

const published = readFileSync(new URL('../../../schema/brokerloom.schema.json', import.meta.url), 'utf8');

test('prints the schema, and the published one is current (node scripts/schema.ts)', () => {
  expect(brokerloom(['schema'])).toEqual({ code: 0, out: published, err: '' });
});

describe('the schema', () => {
  const validator = new Validator(JSON.parse(published), '2020-12');

  test.each(['orders', 'event-log', 'fulfilment', 'naive', 'work-queue'])('accepts %s', (name) => {
    const { valid, errors } = validator.validate(parse(readFileSync(example(name), 'utf8')));
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  test('refuses a design with a value of the wrong type', () => {
    expect(validator.validate({ brokerloom: 1, design: { name: 7 } }).valid).toBe(false);
  });
});
