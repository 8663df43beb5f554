/** Levenshtein distance, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitute));
    }
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

/** The candidate that was probably meant: at most a third of the letters differ, or two that are swapped. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const limit = text.length < 4 ? 1 : Math.max(2, Math.floor(text.length / 3));
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const d = distance(text.toLowerCase(), candidate.toLowerCase(), limit);
    if (d <= limit && d < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { candidate, distance: d };
  }
  return best?.candidate;
}
