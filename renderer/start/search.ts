import type { Template } from '../../examples/templates.ts';

/** Templates in which every word of a query stands: in title, summary, keywords or the names of their brokers. */
export function matching<T extends Template & { readonly id: string }>(
  templates: readonly T[],
  query: string,
): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter(({ id, title, summary, keywords, text }) => {
    const brokers = [...text.matchAll(/^ {4}kind: (\w+)/gm)].map(([, kind]) => kind);
    const about = [id, title, summary, ...keywords, ...brokers].join(' ').toLowerCase();
    return words.every((word) => about.includes(word));
  });
}
