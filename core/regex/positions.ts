import type { Pattern } from './parse.ts';

/**
 * The position automaton of a regular expression (Glushkov 1961): one state for each place that matches a character.
 * `follow` counts in how many ways one place comes after another, up to 2: two ways are two paths for a backtracker.
 */
export interface Positions {
  /** Characters that each place matches, as bits over the sample alphabet. */
  readonly sets: readonly bigint[];
  readonly follow: readonly ReadonlyMap<number, number>[];
}

/** Repetitions up to this count are written out; beyond it they count as endless. */
const WRITTEN_OUT = 16;

interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const EMPTY: Fragment = { nullable: true, first: [], last: [] };

/** @returns `undefined` when the automaton would have more than `limit` places. */
export function positionsOf(pattern: Pattern, limit: number): Positions | undefined {
  const sets: bigint[] = [];
  const follow: Map<number, number>[] = [];
  const alphabet = sampleOf(pattern);
  const known = new Map<string, bigint>();

  const link = (from: readonly number[], to: readonly number[]): void => {
    for (const place of from) {
      for (const next of to) follow[place]?.set(next, Math.min(2, (follow[place]?.get(next) ?? 0) + 1));
    }
  };
  const then = (a: Fragment, b: Fragment): Fragment => {
    link(a.last, b.first);
    return {
      nullable: a.nullable && b.nullable,
      first: a.nullable ? [...a.first, ...b.first] : a.first,
      last: b.nullable ? [...a.last, ...b.last] : b.last,
    };
  };

  function build(node: Pattern): Fragment {
    if (sets.length > limit) return EMPTY;
    if (node.type === 'set') return match(node.source);
    if (node.type === 'repeat') return repeat(node.item, node.min, node.max);
    if (node.type === 'sequence') return node.items.reduce((done, item) => then(done, build(item)), EMPTY);
    const parts = node.items.map(build);
    return {
      nullable: parts.some(({ nullable }) => nullable),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
    };
  }

  function match(source: string): Fragment {
    const set = known.get(source) ?? bitsOf(source, alphabet);
    known.set(source, set);
    follow.push(new Map());
    const place = sets.push(set) - 1;
    return { nullable: false, first: [place], last: [place] };
  }

  function repeat(item: Pattern, min: number, max: number): Fragment {
    const least = Math.min(min, WRITTEN_OUT);
    const isEndless = max > WRITTEN_OUT;
    let required: Fragment = EMPTY;
    for (let n = 0; n < least - (isEndless ? 1 : 0); n++) required = then(required, build(item));
    if (isEndless) {
      const loop = build(item);
      link(loop.last, loop.first);
      return then(required, least > 0 ? loop : { ...loop, nullable: true });
    }
    const optional = (left: number): Fragment =>
      left <= 0 ? EMPTY : { ...then(build(item), optional(left - 1)), nullable: true };
    return then(required, optional(max - least));
  }

  build(pattern);
  return sets.length > limit ? undefined : { sets, follow };
}

/** Characters by which sets are compared: ASCII, some of each other kind, and those that the expression names. */
function sampleOf(pattern: Pattern): readonly string[] {
  const sample = new Set<string>([...'\u00a0éλж中\u2028\ufeff😀']);
  for (let code = 0; code < 128; code++) sample.add(String.fromCharCode(code));
  const visit = (node: Pattern): void => {
    if (node.type === 'set') for (const character of node.source) sample.add(character);
    else if (node.type === 'repeat') visit(node.item);
    else node.items.forEach(visit);
  };
  visit(pattern);
  return [...sample];
}

function bitsOf(source: string, alphabet: readonly string[]): bigint {
  const expression = new RegExp(`^(?:${source})$`, 'u');
  let bits = 0n;
  for (const [index, character] of alphabet.entries()) {
    if (expression.test(character)) bits |= 1n << BigInt(index);
  }
  return bits;
}
