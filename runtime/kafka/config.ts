import { readSetting } from '../core/env.ts';
import { ConfigurationError } from '../core/errors.ts';

/** SASL mechanisms of a password (https://kafka.apache.org/documentation/#security_sasl). */
export const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
export type Mechanism = (typeof mechanisms)[number];

export interface KafkaConfig {
  /** `kafka://host:port,host:port`, or `kafkas://` for TLS: any of the brokers; the others are found through them. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Default SCRAM-SHA-512. */
  readonly mechanism?: Mechanism;
  /** PEM texts. Certificates are always verified; `ca` replaces the system's authorities. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_SASL_MECHANISM`, `_TLS_CA`, `_TLS_CERT`, `_TLS_KEY`, each also as `…_FILE`.
 * @throws ConfigurationError
 */
export function configFromEnv(prefix: string, env: NodeJS.ProcessEnv = process.env): KafkaConfig {
  const read = (name: string) => readSetting(`${prefix}_${name}`, env);
  const url = read('URL');
  if (url === undefined) throw new ConfigurationError(`${prefix}_URL (or ${prefix}_URL_FILE) is not set.`);
  return {
    url,
    ...withoutUndefined({
      username: read('USERNAME'),
      password: read('PASSWORD'),
      mechanism: mechanism(read('SASL_MECHANISM')),
      ca: read('TLS_CA'),
      cert: read('TLS_CERT'),
      key: read('TLS_KEY'),
    }),
  };
}

function mechanism(text: string | undefined): Mechanism | undefined {
  if (text === undefined) return undefined;
  const known = mechanisms.find((name) => name === text);
  if (known !== undefined) return known;
  throw new ConfigurationError(`The SASL mechanism ${text} is not one of ${mechanisms.join(', ')}.`);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(settings: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

/** What the client needs to open a connection. */
export interface ConnectionSettings {
  readonly brokers: readonly { readonly host: string; readonly port: number }[];
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: { readonly mechanism: Mechanism; readonly username: string; readonly password: string };
}

/** @throws ConfigurationError when the URL is not one of Kafka, or half of the credentials is missing */
export function connectionSettings(config: KafkaConfig): ConnectionSettings {
  const { ca, cert, key } = config;
  const [, scheme, hosts = ''] = /^(kafkas?):\/\/([^/?#]+)\/?$/.exec(config.url) ?? [];
  if (scheme === undefined) {
    throw new ConfigurationError(
      'The Kafka URL must be kafka://host:port or kafkas://host:port, with more brokers after commas.',
    );
  }
  if (hosts.includes('@')) {
    throw new ConfigurationError('Give the Kafka user name and password apart, not in the URL.');
  }
  const sasl = credentials(config);
  return {
    brokers: hosts.split(',').map(broker),
    ...(scheme === 'kafkas' ? { tls: withoutUndefined({ ca, cert, key }) } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function broker(text: string): { host: string; port: number } {
  const url = URL.canParse(`kafka://${text}`) ? new URL(`kafka://${text}`) : undefined;
  if (!url?.hostname)
    throw new ConfigurationError(`The Kafka URL names a broker that is not host:port: ${text}.`);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 9092 : Number(url.port) };
}

function credentials({
  username,
  password,
  mechanism = 'SCRAM-SHA-512',
}: KafkaConfig): ConnectionSettings['sasl'] {
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    throw new ConfigurationError('Kafka needs both a user name and a password, or neither.');
  }
  return { mechanism, username, password };
}
