import { pino, stdTimeFunctions } from 'pino';

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
 * are never written, at the top level or one below.
 */
export function createLogger(service: string): Logger {
  return pino({
    level: process.env['LOG_LEVEL'] ?? 'info',
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: secretNames.flatMap((name) => [name, `*.${name}`]),
  });
}
