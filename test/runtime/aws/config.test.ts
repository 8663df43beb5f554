import { describe, expect, it } from 'vitest';
import { awsConfigFromEnv, clientSettings } from '../../../runtime/aws/config.ts';
import { ConfigurationError } from '../../../runtime/core/errors.ts';

describe('settings of AWS', () => {
  it('are all optional: the SDK finds region and credentials itself', () => {
    expect(awsConfigFromEnv('Q', {})).toEqual({});
    expect(Object.keys(clientSettings({}))).toEqual(['maxAttempts', 'requestHandler']);
  });

  it('come from the environment under the prefix of the broker', () => {
    const env = {
      Q_URL: 'http://127.0.0.1:4566',
      Q_REGION: 'eu-central-1',
      Q_ACCESS_KEY_ID: 'id',
      Q_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'elsewhere',
    };
    const config = awsConfigFromEnv('Q', env);
    expect(clientSettings(config)).toMatchObject({
      endpoint: 'http://127.0.0.1:4566',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  });

  it.each([
    [{ endpoint: '127.0.0.1:4566' }, /http:\/\/ or https:\/\//],
    [{ endpoint: 'ftp://host' }, /http:\/\/ or https:\/\//],
    [{ accessKeyId: 'id' }, /both/],
    [{ secretAccessKey: 'secret' }, /both/],
  ])('%j are refused, without showing a secret', (config, message) => {
    expect(() => clientSettings(config)).toThrow(ConfigurationError);
    expect(() => clientSettings(config)).toThrow(message);
    expect(() => clientSettings(config)).not.toThrow(/'secret'/);
  });
});
