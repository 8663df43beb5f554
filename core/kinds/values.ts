import { DURATION, RATE, SIZE } from '../units.ts';
import { z } from '../zod.ts';

const MAX_TEXT = 10_000;
/** C0 controls but tab, line feed and carriage return, lone surrogates, and the bidirectional controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Any text that may reach a file: bounded, without control characters that change how it is read. */
export const safeText = z
  .string()
  .max(MAX_TEXT, `is longer than ${MAX_TEXT.toLocaleString('en')} characters`)
  .refine(
    (s) => !FORBIDDEN.test(s),
    'contains a control character, a bidirectional control or a lone surrogate',
  );

export const durationText = z.string().regex(DURATION, 'is not a duration such as 500ms, 30s or 14d');
export const sizeText = z.string().regex(SIZE, 'is not a size such as 512B, 16KiB or 1MiB');
export const rateText = z.string().regex(RATE, 'is not a rate such as 1000/s or 5/m');

/** Headers of a message, as filters and headers exchanges compare them. */
export const headerValues = z.record(z.string(), z.union([safeText, z.number(), z.boolean()]));
