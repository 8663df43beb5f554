import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claimAll, finishAll, release, renew } from '../../../runtime/stores/redisScripts.ts';

const python = readFileSync('runtime-python/messaging/stores/redis.py', 'utf8');

test.each([
  ['CLAIM', claimAll],
  ['RENEW', renew],
  ['FINISH', finishAll],
  ['RELEASE', release],
])('%s of the workers is the script of the services', (name, { SCRIPT }) => {
  const [, text] = new RegExp(`^${name} = """(.*?)"""$`, 'ms').exec(python) ?? [];
  expect(text).toBe(SCRIPT);
});
