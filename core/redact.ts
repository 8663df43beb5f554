/** Credentials in a URL: `scheme://user:password@host`. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1 */
const PASSWORD = /([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{0,200}:)[^\s/@]{1,500}@/gi;

/** A text as it may be shown, logged or generated: passwords in URLs are replaced by `***`. */
export const redacted = (text: string): string =>
  text.includes('://') ? text.replace(PASSWORD, '$1***@') : text;

/** Whether a text holds a password that {@link redacted} takes out; a placeholder such as `${PASSWORD}` is none. */
export const holdsPassword = (text: string): boolean =>
  text.includes('://') &&
  [...text.matchAll(PASSWORD)].some(
    ([url, before = '']) => !/^(?:\$\{?\w+\}?|\*+)@$/.test(url.slice(before.length)),
  );

/** A copy of a value in which every text is {@link redacted}; maps stay maps, and what holds no password is not copied. */
export function redactedIn<T>(value: T): T {
  if (typeof value === 'string') return redacted(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, redactedIn(item)])) as T;
  if (Array.isArray(value)) return value.map(redactedIn) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactedIn(item)])) as T;
}
