import { expect, test } from 'vitest';
import { ConfigurationError } from '../../../runtime/core/errors.ts';
import { adminConfigFromEnv } from '../../../runtime/kafka/adminConfig.ts';

const env = { EVENTS_URL: 'kafka://localhost' };
const credential = { iterations: 4096, salt: 'c2FsdA==', saltedPassword: 'c2VjcmV0' };

test('the set-up of a cluster has what services have, a limit of copies and passwords as the broker keeps them', () => {
  expect(adminConfigFromEnv('EVENTS', env)).toEqual({ url: 'kafka://localhost' });
  expect(
    adminConfigFromEnv('EVENTS', {
      ...env,
      EVENTS_REPLICATION_LIMIT: '1',
      EVENTS_CREDENTIALS: JSON.stringify({ order: credential }),
    }),
  ).toEqual({ url: 'kafka://localhost', replicationLimit: 1, credentials: { order: credential } });
});

test.each([
  ['a limit of no copies', { EVENTS_REPLICATION_LIMIT: '0' }],
  ['a limit that is no number', { EVENTS_REPLICATION_LIMIT: 'one' }],
  ['credentials that are no JSON', { EVENTS_CREDENTIALS: 'secret' }],
  [
    'credentials that lack the salt',
    { EVENTS_CREDENTIALS: '{"order":{"iterations":1,"saltedPassword":"x"}}' },
  ],
  ['credentials that are a list of nothing', { EVENTS_CREDENTIALS: '[null]' }],
])('%s is a wrong setting, named and not shown', (_, more) => {
  const read = () => adminConfigFromEnv('EVENTS', { ...env, ...more });
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(Object.keys(more)[0]);
  expect(read).not.toThrow(/secret/);
});
