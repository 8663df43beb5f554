import { readSetting } from '../core/env.ts';
import { ConfigurationError } from '../core/errors.ts';

export interface RedisConfig {
  /** `redis://` or `rediss://`; user and password may be in it or given apart. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM texts. Certificates are always verified; `ca` replaces the system's authorities. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TLS_CA`, `_TLS_CERT`, `_TLS_KEY`, each also as `…_FILE`.
 * @throws ConfigurationError
 */
export function configFromEnv(prefix: string, env: NodeJS.ProcessEnv = process.env): RedisConfig {
  const read = (name: string) => readSetting(`${prefix}_${name}`, env);
  const url = read('URL');
  if (url === undefined) throw new ConfigurationError(`${prefix}_URL (or ${prefix}_URL_FILE) is not set.`);
  const settings = {
    username: read('USERNAME'),
    password: read('PASSWORD'),
    ca: read('TLS_CA'),
    cert: read('TLS_CERT'),
    key: read('TLS_KEY'),
  };
  return { url, ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) };
}
