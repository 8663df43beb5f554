import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Ends the tool as wrongly used: exit code 2. */
export function refuse(message: string, usage = ''): never {
  console.error(usage === '' ? message : `${message}\n${usage}`);
  process.exit(2);
}

/** The arguments of this process; what is not one of them ends it with the usage. */
export function readArguments<T extends ParseArgsConfig>(config: T, usage: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), usage);
  }
}

/** @param name of the option, such as `--count` */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1
    ? value
    : refuse(`${name} takes a whole number of 1 or more.`);
}

/** @param name of the option, such as `--skew` */
export function nonNegative(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : refuse(`${name} takes a number of 0 or more.`);
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `90s`, `15m`, `2h` or `7d`. */
export function duration(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return number === undefined
    ? refuse(`${name} takes a duration such as 90s, 15m, 2h or 7d.`)
    : Number(number) * (UNITS[unit] ?? 1);
}

/** Aborts when the tool is told to end, so that it can finish what is under way. */
export function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
  return stop.signal;
}

/** Says on standard error how far a tool is, every two seconds; returns what ends it. */
export function reportProgress(text: () => string): () => void {
  const timer = setInterval(() => console.error(text()), 2_000);
  return () => clearInterval(timer);
}
