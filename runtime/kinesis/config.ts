import { type AwsConfig, awsConfigFromEnv } from '../aws/config.ts';
import { readNumber, readSetting } from '../core/env.ts';
import type { LeaseStore } from '../core/partitions/leases.ts';

/** What consumers need besides a way to Kinesis. */
export interface KinesisOptions {
  /** Who reads which shard, and how far it has got. Whoever only sends needs none. */
  readonly leases?: LeaseStore;
  /**
   * Milliseconds between two reads of a shard. A shard allows five reads a second to all its groups together
   * (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html). Default 250, for one group.
   */
  readonly pollMs?: number;
  /** Milliseconds after which the shards of a member that is not heard of go to others. Default 10 000. */
  readonly leaseMs?: number;
}

export type KinesisConfig = AwsConfig & KinesisOptions;

/**
 * `<prefix>_URL`, …, see `awsConfigFromEnv`, and `<prefix>_LEASE_MS`; the options come with the code.
 * @throws ConfigurationError
 */
export function configFromEnv(prefix: string, options: KinesisOptions = {}): KinesisConfig {
  const leaseMs = readNumber(`${prefix}_LEASE_MS`, [1_000, 600_000]);
  return { ...awsConfigFromEnv(prefix), ...options, ...(leaseMs === undefined ? {} : { leaseMs }) };
}

export interface KinesisAdminConfig extends AwsConfig {
  /** Streams are declared as far as the emulator kinesalite goes; see `emulated`. */
  readonly emulator?: boolean;
}

/**
 * What services read from the environment, and besides `<prefix>_EMULATOR=true`.
 * @throws ConfigurationError
 */
export const adminConfigFromEnv = (prefix: string): KinesisAdminConfig => ({
  ...awsConfigFromEnv(prefix),
  emulator: readSetting(`${prefix}_EMULATOR`) === 'true',
});

export const defaultPollMs = 250;
export const defaultLeaseMs = 10_000;
