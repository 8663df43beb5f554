import type { Attribute } from '../../../../core/kinds/attribute.ts';

type Item = Readonly<Record<string, unknown>>;

/** Whether an item of a list can be put into the design: it says something, and all that it must. */
export const isWhole = (list: Pick<Attribute, 'accepts'>, item: Item): boolean =>
  Object.values(item).some((value) => value !== undefined) && list.accepts([item]);

/** An item in a line: what is stated of it first, the names of what is on. */
export function summaryOf({ items = {} }: Pick<Attribute, 'items'>, item: Item): string {
  const said = Object.keys(items).flatMap((name) => {
    const value = item[name];
    if (value === true) return [name];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
  return said.join(' · ') || 'New entry';
}
