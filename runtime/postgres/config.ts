import type { ClientConfig } from 'pg';
import { readNumber, readSetting } from '../core/env.ts';
import { ConfigurationError } from '../core/errors.ts';

export interface PostgresConfig {
  /** `postgres://host:port/database`; user and password may be in it or given apart. `?sslmode=verify-full` asks for TLS. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM texts. Certificates and host names are always verified; `ca` replaces the system's authorities and asks for TLS. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Most handlers inside a transaction at once; further ones wait. Default 20. */
  readonly maxTransactions?: number;
  /** Write the sentinel into a store that has none: an operator's word that the store may be empty. */
  readonly acceptEmpty?: boolean;
}

/**
 * `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TLS_CA`, `_TLS_CERT`, `_TLS_KEY`, each also as `…_FILE`,
 * `_MAX_TRANSACTIONS` and `_ACCEPT_EMPTY=true`.
 * @throws ConfigurationError
 */
export function postgresConfigFromEnv(prefix: string, env: NodeJS.ProcessEnv = process.env): PostgresConfig {
  const url = readSetting(`${prefix}_URL`, env);
  if (url === undefined) throw new ConfigurationError(`${prefix}_URL (or ${prefix}_URL_FILE) is not set.`);
  const settings = {
    username: readSetting(`${prefix}_USERNAME`, env),
    password: readSetting(`${prefix}_PASSWORD`, env),
    ca: readSetting(`${prefix}_TLS_CA`, env),
    cert: readSetting(`${prefix}_TLS_CERT`, env),
    key: readSetting(`${prefix}_TLS_KEY`, env),
    maxTransactions: readNumber(`${prefix}_MAX_TRANSACTIONS`, [1, 1_000], env),
  };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const acceptEmpty = readSetting(`${prefix}_ACCEPT_EMPTY`, env) === 'true';
  return { url, acceptEmpty, ...Object.fromEntries(given) };
}

/** With TLS and a verified certificate. The other modes of libpq accept any certificate, or none. */
const verified = new Set(['require', 'verify-ca', 'verify-full']);

/**
 * @param applicationName shown in `pg_stat_activity`
 * @throws ConfigurationError when the URL is not one of PostgreSQL, or asks for TLS without verification
 */
export function clientConfig(config: PostgresConfig, applicationName: string): ClientConfig {
  const url = URL.canParse(config.url) ? new URL(config.url) : undefined;
  const database = url === undefined ? '' : decodeURIComponent(url.pathname.slice(1));
  if (!url?.hostname || !/^postgres(ql)?:$/.test(url.protocol) || database === '') {
    throw new ConfigurationError(
      'The PostgreSQL URL must start with postgres:// and name a host and a database.',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const username = config.username ?? decodeURIComponent(url.username);
  const password = config.password ?? decodeURIComponent(url.password);
  return {
    host,
    port: Number(url.port || 5432),
    database,
    ...(username === '' ? {} : { user: username }),
    ...(password === '' ? {} : { password }),
    ssl: tls(config, url.searchParams.get('sslmode'), host),
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  };
}

function tls({ ca, cert, key }: PostgresConfig, mode: string | null, host: string): ClientConfig['ssl'] {
  if (mode !== null && mode !== 'disable' && !verified.has(mode)) {
    throw new ConfigurationError(
      `sslmode=${mode} would not verify the server; use verify-full, or disable on a trusted network.`,
    );
  }
  if (mode === 'disable' || (mode === null && ca === undefined)) return false;
  return {
    // Node compares the certificate with this name; without it an address would be taken for localhost.
    host,
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
