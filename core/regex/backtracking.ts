import { parsePattern } from './parse.ts';
import { type Positions, positionsOf } from './positions.ts';

/** Longest expression, most places and most steps that are looked at; a check must not take long itself. */
const limits = { characters: 1000, places: 400, steps: 2_000_000 } as const;

/**
 * What is wrong with a regular expression that comes from a design; `undefined` when it can be used. Refused is what
 * JavaScript does not accept, and what can take exponential time on a text that does not match: two paths through a
 * loop for the same characters, as in `(a+)+`. https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
 */
export function patternFault(source: string): string | undefined {
  if (source.length > limits.characters) return `is longer than ${limits.characters} characters`;
  try {
    new RegExp(source, 'u');
  } catch {
    return 'is not a regular expression that JavaScript accepts with the flag u';
  }
  const { pattern, lookarounds, hasBackreference } = parsePattern(source);
  if (hasBackreference) return 'refers back to a group, which can take exponential time';
  for (const part of [pattern, ...lookarounds]) {
    const positions = positionsOf(part, limits.places);
    const isAmbiguous = positions && hasExponentialLoop(positions);
    if (isAmbiguous === undefined) return 'is too large to say how long a match takes';
    if (isAmbiguous) return 'can take exponential time: a repetition can match the same text in two ways';
  }
  return undefined;
}

/**
 * Whether two different paths lead from a place back to itself over the same characters. Such a loop is a cycle in the
 * product of the automaton with itself that holds a pair of equal and a pair of different places.
 * https://doi.org/10.1016/0304-3975(91)90381-B
 * @returns `undefined` when that takes too many steps to say.
 */
function hasExponentialLoop({ sets, follow }: Positions): boolean | undefined {
  const size = sets.length;
  let steps = 0;
  const next = (pair: number): number[] => {
    const found: number[] = [];
    const [p, q] = [Math.floor(pair / size), pair % size];
    for (const a of follow[p]?.keys() ?? []) {
      for (const b of follow[q]?.keys() ?? []) {
        steps++;
        if (((sets[a] ?? 0n) & (sets[b] ?? 0n)) !== 0n) found.push(Math.min(a, b) * size + Math.max(a, b));
      }
    }
    return found;
  };
  const isEqual = (pair: number): boolean => Math.floor(pair / size) === pair % size;
  const roots = sets.map((_, place) => place * size + place);
  for (const component of components(roots, next, () => steps > limits.steps)) {
    if (!component) return undefined;
    const equal = component.filter(isEqual);
    if (equal.length > 0 && equal.length < component.length) return true;
    // Within a cycle of equal pairs, two ways from one place to the next are two paths as well.
    const places = new Set(equal.map((pair) => pair % size));
    for (const from of places) {
      for (const [to, ways] of follow[from] ?? []) if (ways > 1 && places.has(to)) return true;
    }
  }
  return false;
}

/** Strongly connected components of what the roots reach (Tarjan); `undefined` once `isOver`. Not recursive. */
function* components(
  roots: readonly number[],
  next: (node: number) => number[],
  isOver: () => boolean,
): Generator<readonly number[] | undefined> {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  for (const root of roots) {
    if (index.has(root)) continue;
    const path: { node: number; rest: number[] }[] = [];
    const enter = (node: number): void => {
      index.set(node, index.size);
      low.set(node, index.size - 1);
      open.push(node);
      isOpen.add(node);
      path.push({ node, rest: next(node) });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      if (isOver()) return yield undefined;
      const { node, rest } = top;
      const step = rest.pop();
      const lowest = low.get(node) ?? 0;
      if (step === undefined) {
        path.pop();
        const above = path.at(-1)?.node;
        if (above !== undefined) low.set(above, Math.min(low.get(above) ?? 0, lowest));
        if (lowest !== index.get(node)) continue;
        const component = open.splice(open.lastIndexOf(node));
        for (const member of component) isOpen.delete(member);
        yield component;
      } else if (!index.has(step)) enter(step);
      else if (isOpen.has(step)) low.set(node, Math.min(lowest, index.get(step) ?? 0));
    }
  }
  return undefined;
}
