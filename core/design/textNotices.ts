import { sections } from '../kinds/registry.ts';
import { holdsPassword } from '../redact.ts';
import { addressOf, type Design } from './design.ts';
import type { Notice } from './notice.ts';

/** Attributes that name something on a broker, where one wrong letter means another channel. */
const NAMING: ReadonlySet<string> = new Set(['name', 'group', 'routingKey', 'routingKeys']);

/**
 * Texts that are allowed, and that their author should look at again: passwords, letters that look like others.
 * @param text What the design was read from, where that is known; most files hold nothing of the kind.
 */
export function textNotices(design: Design, text?: string): Notice[] {
  const found: Notice[] = [];
  if (text !== undefined && !UNUSUAL.test(text)) return found;
  for (const section of sections) {
    for (const [id, element] of design[section] as ReadonlyMap<string, Readonly<Record<string, unknown>>>) {
      for (const field of Object.keys(element)) {
        const value = element[field];
        if (someText(value, holdsPassword)) {
          found.push({
            id: 'document/password-in-url',
            severity: 'warn',
            at: addressOf(section, id),
            field,
            message: `${field} holds a URL with a password, which everybody who reads the file can use.`,
          });
        }
        const word = NAMING.has(field)
          ? textsIn(value)
              .map(mixedWord)
              .find((mixed) => mixed !== undefined)
          : undefined;
        if (word !== undefined) {
          found.push({
            id: 'document/mixed-scripts',
            severity: 'warn',
            at: addressOf(section, id),
            field,
            message: `${field} mixes Latin letters with ${word.script} ones that may look the same: ${word.letters}.`,
          });
        }
      }
    }
  }
  return found;
}

/** What stands in every file with a URL, with letters that are not of ASCII, or with escapes that could stand for those. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const UNUSUAL = /[^\u0000-\u007f]|\\|:\/\//;

function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  return typeof value === 'object' && value !== null
    ? Object.values(value).some((item) => someText(item, test))
    : false;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Scripts with letters that look like Latin ones. https://www.unicode.org/reports/tr39/ */
const LOOKALIKES = [
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII = /^[\u0000-\u007f]*$/;

/** The letters of another script in the first word that also has Latin ones. */
function mixedWord(text: string): { readonly script: string; readonly letters: string } | undefined {
  if (ASCII.test(text)) return undefined;
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    if (!/\p{Script=Latin}/u.test(word)) continue;
    for (const [script, letter] of LOOKALIKES) {
      const letters = [...new Set(word.match(letter) ?? [])];
      if (letters.length > 0) return { script, letters: letters.map(withCode).join(', ') };
    }
  }
  return undefined;
}

const withCode = (letter: string): string =>
  `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
