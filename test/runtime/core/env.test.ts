import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNumber, readSetting, withoutSecrets } from '../../../runtime/core/env.ts';
import { ConfigurationError } from '../../../runtime/core/errors.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'env-'));
  writeFileSync(join(dir, 'secret'), 'p\u00e4ss word\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a setting', () => {
  it.each([
    [{ X: 'v' }, 'v'],
    [{}, undefined],
    [{ X: '' }, undefined],
  ])('of %j is %j', (env, expected) => {
    expect(readSetting('X', env)).toBe(expected);
  });

  it('comes from a file, without its last line break', () => {
    expect(readSetting('X', { X_FILE: join(dir, 'secret') })).toBe('päss word');
  });

  it('may not be given twice, nor from a file that is not there', () => {
    expect(() => readSetting('X', { X: 'a', X_FILE: join(dir, 'secret') })).toThrow(ConfigurationError);
    expect(() => readSetting('X', { X_FILE: join(dir, 'none') })).toThrow(/X_FILE cannot be read: ENOENT/);
  });

  it('that is a number is checked', () => {
    expect(readNumber('N', [0, 10], { N: '10' })).toBe(10);
    expect(readNumber('N', [0, 10], {})).toBeUndefined();
    for (const N of ['11', '-1', '1.5', 'x', '0x']) {
      expect(() => readNumber('N', [0, 10], { N })).toThrow(ConfigurationError);
    }
  });
});

it('shows a URL without what is secret in it', () => {
  expect(withoutSecrets('amqp://user:geheim@host:5672/v?password=geheim')).toBe(
    'amqp://user:***@host:5672/v',
  );
  expect(withoutSecrets('geheim')).toBe('(not a URL)');
});
