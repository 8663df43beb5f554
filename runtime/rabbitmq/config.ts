import type { Options, SocketOptions } from 'amqplib';
import { readNumber, readSetting } from '../core/env.ts';
import { ConfigurationError } from '../core/errors.ts';

export interface RabbitConfig {
  /** `amqp://` or `amqps://`; user and password may be in it or given apart. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Seconds; a silent broker is given up after two of them (https://www.rabbitmq.com/docs/heartbeats). Default 10. */
  readonly heartbeatSeconds?: number;
  /** PEM texts. Certificates are always verified; `ca` replaces the system's authorities. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** `http://` or `https://`: where the management plugin listens. Only tools use it. */
  readonly managementUrl?: string;
}

/**
 * `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_HEARTBEAT`, `_TLS_CA`, `_TLS_CERT`, `_TLS_KEY`,
 * `_MANAGEMENT_URL`, each also as `…_FILE`.
 * @throws ConfigurationError
 */
export function configFromEnv(prefix: string, env: NodeJS.ProcessEnv = process.env): RabbitConfig {
  const url = readSetting(`${prefix}_URL`, env);
  if (url === undefined) throw new ConfigurationError(`${prefix}_URL (or ${prefix}_URL_FILE) is not set.`);
  const settings = {
    username: readSetting(`${prefix}_USERNAME`, env),
    password: readSetting(`${prefix}_PASSWORD`, env),
    heartbeatSeconds: readNumber(`${prefix}_HEARTBEAT`, [1, 600], env),
    ca: readSetting(`${prefix}_TLS_CA`, env),
    cert: readSetting(`${prefix}_TLS_CERT`, env),
    key: readSetting(`${prefix}_TLS_KEY`, env),
    managementUrl: readSetting(`${prefix}_MANAGEMENT_URL`, env),
  };
  return { url, ...withoutUndefined(settings) };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(settings: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

/** @throws ConfigurationError when the URL is not one of AMQP */
export function connectOptions(config: RabbitConfig): Options.Connect {
  const url = URL.canParse(config.url) ? new URL(config.url) : undefined;
  if (!url?.hostname || !['amqp:', 'amqps:'].includes(url.protocol)) {
    throw new ConfigurationError('The RabbitMQ URL must start with amqp:// or amqps:// and name a host.');
  }
  const vhost = decodeURIComponent(url.pathname.slice(1));
  return {
    protocol: url.protocol.slice(0, -1),
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    username: config.username ?? decodeURIComponent(url.username || 'guest'),
    password: config.password ?? decodeURIComponent(url.password || 'guest'),
    vhost: vhost === '' ? '/' : vhost,
    heartbeat: config.heartbeatSeconds ?? 10,
  };
}

/** What a connection is for; part of its name at the broker. */
export type Purpose = 'publish' | 'consume' | 'topology';

/** Node's own, which amqplib hands on (https://nodejs.org/docs/latest-v24.x/api/net.html#new-netsocketoptions). */
interface WriteBuffer {
  readonly writableHighWaterMark: number;
}

export function socketOptions(
  { ca, cert, key }: RabbitConfig,
  purpose: Purpose,
): SocketOptions & WriteBuffer {
  return {
    // Without it (RFC 896) who sends one after the other waits 40 ms for each: a replay of 10,000 dead letters took ten
    // times as long. Those who send many at once share packets nevertheless, see the publisher.
    noDelay: true,
    // What is sent in one turn goes out in one piece: with the default of 64 KiB amqplib would wait after fifty messages.
    writableHighWaterMark: 1_048_576,
    keepAlive: true,
    timeout: 10_000,
    clientProperties: { connection_name: `brokerloom ${purpose}` },
    ...withoutUndefined({ ca, cert, key }),
  };
}
