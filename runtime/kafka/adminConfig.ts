import { readNumber, readSetting } from '../core/env.ts';
import { ConfigurationError } from '../core/errors.ts';
import type { ScramCredential } from './access.ts';
import { configFromEnv, type KafkaConfig } from './config.ts';

export interface KafkaAdminConfig extends KafkaConfig {
  /** Most copies of a partition, for a cluster that has fewer nodes than the design asks for. */
  readonly replicationLimit?: number;
  /** Passwords of the users, as the broker keeps them. Without it users are neither made nor looked at. */
  readonly credentials?: Readonly<Record<string, ScramCredential>>;
}

/**
 * What services read from the environment, and besides `<prefix>_REPLICATION_LIMIT` and `<prefix>_CREDENTIALS`, which is
 * usually given as the file that the set-up of the workspace makes.
 * @throws ConfigurationError
 */
export function adminConfigFromEnv(prefix: string, env: NodeJS.ProcessEnv = process.env): KafkaAdminConfig {
  const replicationLimit = readNumber(`${prefix}_REPLICATION_LIMIT`, [1, 100], env);
  const credentials = readSetting(`${prefix}_CREDENTIALS`, env);
  return {
    ...configFromEnv(prefix, env),
    ...(replicationLimit === undefined ? {} : { replicationLimit }),
    ...(credentials === undefined ? {} : { credentials: parsed(credentials, `${prefix}_CREDENTIALS`) }),
  };
}

function parsed(text: string, name: string): Readonly<Record<string, ScramCredential>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Reported below, without the text: it would show what belongs to nobody else.
  }
  if (typeof value === 'object' && value !== null && Object.values(value).every(isCredential))
    return value as Readonly<Record<string, ScramCredential>>;
  throw new ConfigurationError(`${name} must be JSON with iterations, salt and saltedPassword of each user.`);
}

const isCredential = (value: Partial<ScramCredential> | null): boolean =>
  typeof value?.iterations === 'number' &&
  typeof value.salt === 'string' &&
  typeof value.saltedPassword === 'string';
