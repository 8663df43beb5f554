import { afterEach, expect, it, vi } from 'vitest';
import { missingBrokers } from './support/require.ts';

afterEach(() => vi.unstubAllEnvs());

it('takes a broker from the environment, unless the test must stop it', () => {
  vi.stubEnv('LOOM_TEST_REDIS_URL', 'redis://127.0.0.1:6379');
  expect(missingBrokers({ brokers: ['redis'] })).toBeUndefined();
  expect(missingBrokers({ brokers: ['redis'], control: true })).toMatch(/LOOM_TEST_REDIS_URL names a broker/);
});

it('names what Kafka needs, which no container engine gives', () => {
  vi.stubEnv('LOOM_TEST_KAFKA_URL', '');
  vi.stubEnv('PATH', '');
  expect(missingBrokers({ brokers: ['kafka'] })).toBe(
    'no java here: set LOOM_TEST_KAFKA_URL, or install the Debian package openjdk-17-jre-headless',
  );
});

it('says how to get a broker that is not there', () => {
  vi.stubEnv('LOOM_TEST_REDIS_URL', '');
  vi.stubEnv('PATH', '');
  expect(missingBrokers({ brokers: ['redis'] })).toBe(
    'no redis-server here: set LOOM_TEST_REDIS_URL, start Docker, or install the Debian package redis-server',
  );
});
