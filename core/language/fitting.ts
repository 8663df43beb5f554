import type { Design } from '../design/design.ts';
import { brokersOf } from '../design/placement.ts';
import { isSection, partAt } from './meaning.ts';
import type { Spot } from './spot.ts';

/**
 * Whether a word that the schema allows at a spot also means something there: it is the name of an attribute, and the
 * attribute or value is known to the broker of the element. A word for an id is none: the schema can only stand in for it.
 */
export function isFitting({ role, path }: Spot, word: string, design: Design): boolean {
  const [section, id] = path;
  if (!isSection(section) || path.length < 2) return true;
  if (role === 'key' && path.length === 2) return false;
  const part = partAt(role === 'key' ? [...path.slice(0, -1), word] : path);
  const brokers = role === 'key' ? part?.brokers : part?.valueBrokers?.[word];
  const on = brokersOf(design, section, String(id));
  return brokers === undefined || on.size === 0 || brokers.some((kind) => on.has(kind));
}
