/**
 * Times as RFC 3339 texts. Most messages that are sent, or received, together carry the same one: the last of each is
 * kept, since formatting and parsing cost as much as the rest of an envelope.
 */
let now = Number.NaN;
let nowText = '';
let parsedText = '';
let parsedSeconds = Number.NaN;

export function nowAsText(): string {
  const time = Date.now();
  if (time !== now) {
    now = time;
    nowText = new Date(time).toISOString();
  }
  return nowText;
}

/** Whole seconds since 1970, or `NaN` where the text is not a time. */
export function secondsOf(text: string): number {
  if (text !== parsedText) {
    parsedText = text;
    parsedSeconds = Math.floor(Date.parse(text) / 1000);
  }
  return parsedSeconds;
}
