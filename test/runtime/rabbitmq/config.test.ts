import { expect, it } from 'vitest';
import { ConfigurationError } from '../../../runtime/core/errors.ts';
import { configFromEnv, connectOptions, socketOptions } from '../../../runtime/rabbitmq/config.ts';

it.each([
  ['amqp://h', { protocol: 'amqp', hostname: 'h', username: 'guest', password: 'guest', vhost: '/' }],
  ['amqp://u:p%40ss@h:5673/v', { port: 5673, username: 'u', password: 'p@ss', vhost: 'v' }],
  ['amqps://h/%2F', { protocol: 'amqps', vhost: '/' }],
  ['amqp://[::1]:5672', { hostname: '::1' }],
])('reads %s', (url, expected) => {
  expect(connectOptions({ url })).toMatchObject(expected);
});

it.each(['http://h', 'h:5672', '', 'amqp:/'])('refuses the URL %j without showing it', (url) => {
  expect(() => connectOptions({ url })).toThrow(ConfigurationError);
});

it('takes everything from the environment, credentials apart from the URL too', () => {
  const env = {
    MQ_URL: 'amqps://host',
    MQ_USERNAME: 'svc',
    MQ_PASSWORD: 'geheim',
    MQ_HEARTBEAT: '5',
    MQ_TLS_CA: 'CA',
    MQ_TLS_CERT: 'CERT',
    MQ_TLS_KEY: 'KEY',
  };
  const config = configFromEnv('MQ', env);
  expect(connectOptions(config)).toMatchObject({ username: 'svc', password: 'geheim', heartbeat: 5 });
  const socket = socketOptions(config, 'publish');
  expect(socket).toMatchObject({ ca: 'CA', cert: 'CERT', key: 'KEY', noDelay: true });
  expect(socket).not.toHaveProperty('rejectUnauthorized');
  expect(() => configFromEnv('MQ', {})).toThrow(/MQ_URL/);
});
