import { type DestinationStream, pino, stdTimeFunctions } from 'pino';

type Fields = Readonly<Record<string, unknown>>;

/** The part of pino that the library and handlers use: structured fields first, then the message. */
export interface Logger {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
  child(fields: Record<string, unknown>): Logger;
}

const secretNames = [
  'password',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'credentials',
  'url',
  'key',
  'pfx',
];

/**
 * JSON lines on standard output. The level comes from `LOG_LEVEL` (default `info`); fields that usually hold secrets
 * are never written, at the top level or one below. Of an error (`err`) only name, code, text, stack and causes are
 * written, addresses in them without user and password.
 */
export function createLogger(service: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level: process.env['LOG_LEVEL'] ?? 'info',
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => loggable(error) },
      redact: secretNames.flatMap((name) => [name, `*.${name}`]),
    },
    destination,
  );
}

const maxDepth = 3;

/** Errors of clients and of applications carry requests, configurations and bodies as properties: none of them. */
export function loggable(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error))
    return typeof error === 'object' ? 'not an Error' : withoutLogin(String(error));
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  const errors = error instanceof AggregateError ? error.errors.slice(0, maxDepth) : undefined;
  return {
    type: name,
    message: withoutLogin(message),
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack: withoutLogin(stack) }),
    ...(cause === undefined || depth >= maxDepth ? {} : { cause: loggable(cause, depth + 1) }),
    ...(errors === undefined || depth >= maxDepth
      ? {}
      : { errors: errors.map((each) => loggable(each, depth + 1)) }),
  };
}

/** Greedy: the password of an address that is no valid one may have any character. */
const withoutLogin = (text: string): string => text.replace(/:\/\/\S*@/g, '://***@');
