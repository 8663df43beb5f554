import { readFileSync } from 'node:fs';
import { ConfigurationError } from './errors.ts';

/**
 * A setting from `NAME`, or from the file that `NAME_FILE` names (as Docker and Kubernetes hand out secrets; a last
 * line break is dropped). Empty counts as missing.
 * @throws ConfigurationError when both are set, or the file cannot be read
 */
export function readSetting(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const value = env[name] || undefined;
  const file = env[`${name}_FILE`] || undefined;
  if (file === undefined) return value;
  if (value !== undefined) throw new ConfigurationError(`Both ${name} and ${name}_FILE are set; keep one.`);
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`${name}_FILE cannot be read: ${reason}`);
  }
}

/** @throws ConfigurationError when it is not a whole number in the range */
export function readNumber(
  name: string,
  [min, max]: readonly [number, number],
  env: NodeJS.ProcessEnv = process.env,
): number | undefined {
  const text = readSetting(name, env);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ConfigurationError(
    `${name} must be a whole number from ${min} to ${max}; it is ${JSON.stringify(text)}.`,
  );
}

/** A URL as it may be shown: without its password and without a query, which can carry secrets too. */
export function withoutSecrets(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password !== '') parsed.password = '***';
    parsed.search = '';
    return parsed.href;
  } catch {
    return '(not a URL)';
  }
}
