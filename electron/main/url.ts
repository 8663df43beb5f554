/** Parses a URL; null when it is none. (`URL.canParse` and `URL.parse` are newer than the oldest Electron supported.) */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
