import { NodeHttpHandler } from '@smithy/node-http-handler';
import { readSetting } from '../core/env.ts';
import { ConfigurationError } from '../core/errors.ts';

/** How to reach a service of AWS. What is left out is found as every SDK finds it. */
export interface AwsConfig {
  /** Such as `eu-central-1`. Default: `AWS_REGION`, or that of the profile. */
  readonly region?: string;
  /** `http://` or `https://`, of an emulator or a private endpoint. Default: the public one of the region. */
  readonly endpoint?: string;
  /**
   * Default: the chain of the SDK, from the environment to the role of the machine
   * (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).
   */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  /** PEM text. Certificates are always verified; it replaces the system's authorities. */
  readonly ca?: string;
}

/**
 * `<prefix>_URL`, `_REGION`, `_ACCESS_KEY_ID`, `_SECRET_ACCESS_KEY`, `_SESSION_TOKEN`, `_TLS_CA`, each also as `…_FILE`
 * and none of them required.
 * @throws ConfigurationError
 */
export function awsConfigFromEnv(prefix: string, env: NodeJS.ProcessEnv = process.env): AwsConfig {
  const read = (name: string) => readSetting(`${prefix}_${name}`, env);
  const settings = {
    region: read('REGION'),
    endpoint: read('URL'),
    accessKeyId: read('ACCESS_KEY_ID'),
    secretAccessKey: read('SECRET_ACCESS_KEY'),
    sessionToken: read('SESSION_TOKEN'),
    ca: read('TLS_CA'),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

const connectMs = 5_000;
/** Requests under way at once; further ones wait for a connection. */
const maxSockets = 128;

/**
 * What the constructor of every client of the SDK takes. The SDK repeats nothing by itself: who sends knows its deadline
 * and counts its attempts, so that every send settles in time.
 * @throws ConfigurationError when the endpoint is no URL, or half of the credentials is missing
 */
export function clientSettings({ region, endpoint, ca, ...keys }: AwsConfig) {
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new ConfigurationError('The endpoint of AWS must start with http:// or https:// and name a host.');
  const credentials = credentialsOf(keys);
  const agent = { keepAlive: true, maxSockets };
  return {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 1,
    // HTTP/1.1 for every service: the default of Kinesis is HTTP/2, which emulators do not speak.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectMs,
      httpAgent: agent,
      httpsAgent: ca === undefined ? agent : { ...agent, ca },
    }),
  };
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: AwsConfig) {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new ConfigurationError('AWS needs both an access key id and a secret access key, or neither.');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
