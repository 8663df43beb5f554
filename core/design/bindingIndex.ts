import type { Binding, Exchange } from './design.ts';
import { bindingMatches } from './routing.ts';

/** A place in the patterns of a topic exchange: what ends here, and how it goes on. */
interface Place {
  readonly number: number;
  readonly ends: number[];
  readonly next: Map<string, Place>;
}

/**
 * Finds the bindings of one exchange that a message passes without trying each of them: by key on a direct exchange and
 * for patterns without wildcards, by the words of the others, which share their beginnings, on a topic exchange.
 */
export class BindingIndex<T extends { readonly value: Binding }> {
  readonly #type: NonNullable<Exchange['type']>;
  readonly #bindings: readonly T[];
  readonly #byKey = new Map<string, number[]>();
  #places = 0;
  readonly #patterns = this.#place();

  constructor(type: NonNullable<Exchange['type']>, bindings: readonly T[]) {
    this.#type = type;
    this.#bindings = bindings;
    for (const [index, { value }] of bindings.entries()) {
      if (type === 'direct') this.#addKey(value.routingKey ?? '', index);
      else if (type === 'topic') {
        const pattern = value.routingKey ?? '#';
        if (/[*#]/.test(pattern)) this.#addPattern(pattern, index);
        else this.#addKey(pattern, index);
      }
    }
  }

  /** The bindings that a message with this key and these headers passes, in their order. */
  matching(routingKey: string, headers: Readonly<Record<string, unknown>>): readonly T[] {
    const exact = this.#byKey.get(routingKey) ?? [];
    if (this.#type === 'direct') return this.#at(exact);
    if (this.#type === 'topic') {
      const patterns = this.#patterns.next.size > 0 ? this.#matchingPatterns(routingKey.split('.')) : [];
      return this.#at(patterns.length > 0 ? [...exact, ...patterns].sort((a, b) => a - b) : exact);
    }
    return this.#bindings.filter(({ value }) => bindingMatches(this.#type, value, routingKey, headers));
  }

  #at(indexes: readonly number[]): readonly T[] {
    return indexes.map((index) => this.#bindings[index] as T);
  }

  #place(): Place {
    return { number: this.#places++, ends: [], next: new Map() };
  }

  #addKey(key: string, index: number): void {
    const indexes = this.#byKey.get(key);
    if (indexes) indexes.push(index);
    else this.#byKey.set(key, [index]);
  }

  #addPattern(pattern: string, index: number): void {
    let place = this.#patterns;
    for (const word of pattern.split('.')) {
      const next = place.next.get(word) ?? this.#place();
      place.next.set(word, next);
      place = next;
    }
    place.ends.push(index);
  }

  /** Visits each place with each number of words at most once, however many `#` there are. */
  #matchingPatterns(words: readonly string[]): readonly number[] {
    const found = new Set<number>();
    const seen = new Set<number>();
    const waiting: (readonly [place: Place, read: number])[] = [[this.#patterns, 0]];
    for (let step = waiting.pop(); step; step = waiting.pop()) {
      const [place, read] = step;
      const id = place.number * (words.length + 1) + read;
      if (seen.has(id)) continue;
      seen.add(id);
      const word = words[read];
      if (word === undefined) for (const index of place.ends) found.add(index);
      const any = place.next.get('#');
      if (any) for (let i = read; i <= words.length; i++) waiting.push([any, i]);
      if (word === undefined) continue;
      // The word `#` in a key is no pattern, and `#` as a pattern has been followed above.
      for (const next of new Set([place.next.get(word), place.next.get('*')]))
        if (next && next !== any) waiting.push([next, read + 1]);
    }
    return [...found];
  }
}
