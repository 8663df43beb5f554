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

/** Texts that are remembered: a design has few different quantities, and every rule asks for those of every element. */
const REMEMBERED = 1000;

function reader(pattern: RegExp, units: Readonly<Record<string, number>>) {
  const known = new Map<string, number | undefined>();
  return (text: string): number | undefined => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before;
    const match = pattern.exec(text);
    const factor = units[match?.[2] ?? ''];
    const value = match && factor !== undefined ? Number(match[1]) * factor : undefined;
    if (known.size < REMEMBERED) known.set(text, value);
    return value;
  };
}

/** Milliseconds of a duration such as `30s`; `undefined` when the text is not a duration. */
export const parseDuration = reader(DURATION, MS);

/** Bytes of a size such as `16KiB`; `undefined` when the text is not a size. */
export const parseSize = reader(SIZE, BYTES);

/** Messages per second of a rate such as `1000/s`; `undefined` when the text is not a rate. */
export const parseRate = reader(RATE, PER_SECOND);

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
