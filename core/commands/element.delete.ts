import { addressOf, type Design, type ElementAddress, parseAddress } from '../design/design.ts';
import { type Reference, references } from '../design/references.ts';
import { kinds, type Section } from '../kinds/registry.ts';
import { ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { broughtBy } from './brought.ts';
import { defineCommand } from './command.ts';
import { pointsTo } from './element.rename.ts';

export interface DeleteArgs {
  readonly addresses: readonly ElementAddress[];
}

/**
 * Deletes elements and what cannot stand without them: a binding goes with its exchange, a subscription with its topic or queue, an alert with its channel;
 * other references are taken out.
 */
export const elementDelete = defineCommand({
  id: 'element.delete',
  label: ({ addresses }: DeleteArgs) =>
    addresses.length === 1 ? `Delete ${addresses[0]?.split('/')[1]}` : `Delete ${addresses.length} elements`,
  history: 'record',
  apply: (design, { addresses }): Result<readonly Patch[], Problem> => {
    const gone = new Set<ElementAddress>(addresses.filter((address) => exists(design, address)));
    for (const address of [...gone]) {
      const { section, id } = parseAddress(address) ?? {};
      const brought = section === 'producers' ? broughtBy(design, id ?? '') : undefined;
      if (brought !== undefined) gone.add(addressOf('messages', brought));
    }
    const loose: Reference[] = [];
    for (const reference of references(design)) {
      if (!leadsTo(reference, gone)) continue;
      const section = reference.from.split('/')[0] as Section;
      if (kinds[section].attributes[reference.field as never]?.['required']) gone.add(reference.from);
      else loose.push(reference);
    }
    const patches: Patch[] = loose
      .filter((reference) => !gone.has(reference.from))
      // From the back, so that the indexes of list items before them stay right.
      .reverse()
      .map(({ path }) => ({ op: 'remove', path }));
    for (const address of gone) {
      const { section, id } = parseAddress(address) ?? { section: 'notes' as const, id: '' };
      patches.push({ op: 'remove', path: [section, id] });
      if (design.layout.has(address)) patches.push({ op: 'remove', path: ['layout', address] });
    }
    for (const [waiver, { target }] of design.waivers) {
      if (target !== undefined && gone.has(target as ElementAddress))
        patches.push({ op: 'remove', path: ['waivers', waiver] });
    }
    return ok(patches);
  },
});

function exists(design: Design, address: ElementAddress): boolean {
  const found = parseAddress(address);
  return found !== undefined && design[found.section].has(found.id);
}

function leadsTo(reference: Reference, gone: ReadonlySet<ElementAddress>): boolean {
  for (const address of candidates(reference)) {
    const found = parseAddress(address);
    if (found && gone.has(address) && pointsTo(reference, found.section, found.id)) return true;
  }
  return false;
}

/** Addresses that a reference could mean. */
const candidates = ({ id }: Reference): ElementAddress[] =>
  (Object.keys(kinds) as Section[]).map((section) => addressOf(section, id));
