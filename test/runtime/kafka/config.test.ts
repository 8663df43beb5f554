import { expect, it } from 'vitest';
import { ConfigurationError } from '../../../runtime/core/errors.ts';
import { configFromEnv, connectionSettings } from '../../../runtime/kafka/config.ts';

it.each([
  ['kafka://h', { brokers: [{ host: 'h', port: 9092 }] }],
  ['kafka://a:1,b:2/', { brokers: ['a', 'b'].map((host, n) => ({ host, port: n + 1 })) }],
  ['kafkas://[::1]:9093', { brokers: [{ host: '::1', port: 9093 }], tls: {} }],
])('reads %s', (url, expected) => {
  expect(connectionSettings({ url })).toEqual(expected);
});

it.each(['http://h', 'h:9092', '', 'kafka://', 'kafka://a:x', 'kafka://u:geheim@h:1', 'kafka://a,,b'])(
  'refuses the URL %j without showing a password',
  (url) => {
    expect(() => connectionSettings({ url })).toThrow(ConfigurationError);
    expect(() => connectionSettings({ url })).not.toThrow(/geheim/);
  },
);

it('takes everything from the environment', () => {
  const env = {
    LOG_URL: 'kafkas://host:9093',
    LOG_USERNAME: 'svc',
    LOG_PASSWORD: 'geheim',
    LOG_TLS_CA: 'CA',
    LOG_TLS_CERT: 'CERT',
    LOG_TLS_KEY: 'KEY',
  };
  const sasl = { mechanism: 'SCRAM-SHA-512', username: 'svc', password: 'geheim' };
  const tls = { ca: 'CA', cert: 'CERT', key: 'KEY' };
  const brokers = [{ host: 'host', port: 9093 }];
  expect(connectionSettings(configFromEnv('LOG', env))).toEqual({ brokers, tls, sasl });
  const plain = connectionSettings(configFromEnv('LOG', { ...env, LOG_SASL_MECHANISM: 'PLAIN' }));
  expect(plain.sasl?.mechanism).toBe('PLAIN');
  expect(() => configFromEnv('LOG', { ...env, LOG_SASL_MECHANISM: 'GSSAPI' })).toThrow(/SCRAM-SHA-256/);
  expect(() => configFromEnv('LOG', {})).toThrow(/LOG_URL/);
});

it('refuses half of the credentials', () => {
  expect(() => connectionSettings({ url: 'kafka://h', username: 'svc' })).toThrow(/password/);
});
