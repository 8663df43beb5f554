/** Quantities as people write them in a design: `30s`, `16KiB`, `1000/s`. */

const MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};
const PER_SECOND: Readonly<Record<string, number>> = { s: 1, m: 1 / 60, h: 1 / 3600, d: 1 / 86_400 };

export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;
export const SIZE = /^(\d+(?:\.\d+)?)(B|KiB|MiB|GiB|TiB)$/;
export const RATE = /^(\d+(?:\.\d+)?)\/(s|m|h|d)$/;

function scaled(pattern: RegExp, units: Readonly<Record<string, number>>, text: string): number | undefined {
  const match = pattern.exec(text);
  const factor = units[match?.[2] ?? ''];
  return match && factor !== undefined ? Number(match[1]) * factor : undefined;
}

/** Milliseconds of a duration such as `30s`; `undefined` when the text is not a duration. */
export const parseDuration = (text: string): number | undefined => scaled(DURATION, MS, text);

/** Bytes of a size such as `16KiB`; `undefined` when the text is not a size. */
export const parseSize = (text: string): number | undefined => scaled(SIZE, BYTES, text);

/** Messages per second of a rate such as `1000/s`; `undefined` when the text is not a rate. */
export const parseRate = (text: string): number | undefined => scaled(RATE, PER_SECOND, text);

const LONGEST_FIRST = ['w', 'd', 'h', 'm', 's'] as const;

/** The shortest exact way to write a duration: 90000 → `90s`, 604800000 → `1w`. */
export function formatDuration(ms: number): string {
  for (const unit of LONGEST_FIRST) {
    const length = MS[unit] ?? 1;
    if (ms >= length && ms % length === 0) return `${ms / length}${unit}`;
  }
  return `${ms}ms`;
}

/** About how many bytes that is, for a sentence: 1536 → `1.5KiB`. */
export function formatSize(bytes: number): string {
  const unit = ['TiB', 'GiB', 'MiB', 'KiB'].find((u) => bytes >= (BYTES[u] ?? 1)) ?? 'B';
  return `${Number((bytes / (BYTES[unit] ?? 1)).toPrecision(3))}${unit}`;
}
