import { DURATION, RATE, SIZE } from '../units.ts';
import { z } from '../zod.ts';
import { bool, either, type Form, form, number, recordOf } from './form.ts';

const MAX_TEXT = 10_000;
/** C0 controls but tab, line feed and carriage return, lone surrogates, and the bidirectional controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Most texts; told sooner than {@link FORBIDDEN} tells it. */
const PRINTABLE = /^[ -~]*$/;

/** Any text that may reach a file: bounded, without control characters that change how it is read. */
export const safeText = form(safeString, isSafe);

function safeString() {
  return z
    .string()
    .max(MAX_TEXT, `is longer than ${MAX_TEXT.toLocaleString('en')} characters`)
    .refine(
      (s) => !FORBIDDEN.test(s),
      'contains a control character, a bidirectional control or a lone surrogate',
    );
}

function isSafe(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= MAX_TEXT && (PRINTABLE.test(value) || !FORBIDDEN.test(value))
  );
}

const matching = (pattern: RegExp, fault: string): Form<string> =>
  form(
    () => z.string().regex(pattern, fault),
    (value) => typeof value === 'string' && pattern.test(value),
  );

export const durationText = matching(DURATION, 'is not a duration such as 500ms, 30s or 14d');
export const sizeText = matching(SIZE, 'is not a size such as 512B, 16KiB or 1MiB');
export const rateText = matching(RATE, 'is not a rate such as 1000/s or 5/m');

const DATE = /^\d{4}-\d{2}-\d{2}$/;
export const dateText = form<string>(
  () => safeString().regex(DATE, 'is not a date such as 2027-01-31'),
  (value) => isSafe(value) && DATE.test(value),
);

/** Headers of a message, as filters and headers exchanges compare them. */
export const headerValues = recordOf(either(safeText, number, bool));
