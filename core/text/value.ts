import { parseDocument } from 'yaml';
import { fail, ok, type Result } from '../result.ts';

/** Longest text of a value that is read, in characters: what one types into a field. */
const MOST = 2000;

/**
 * Reads one value as it would stand behind a key of a design file, e.g. `5`, `"5"`, `[a, b]` or `{ prefix: order. }`.
 * @returns The value, or why the text is none.
 */
export function readValue(text: string): Result<unknown, string> {
  if (text.length > MOST) return fail(`is longer than ${MOST.toLocaleString('en')} characters`);
  // As in files.
  const document = parseDocument(text, { prettyErrors: false, strict: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return fail(`is no YAML value: ${error.message}`);
  try {
    return ok(document.toJS({ maxAliasCount: 0 }));
  } catch {
    return fail('has an alias, which means nothing in a value alone');
  }
}
