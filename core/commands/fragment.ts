import {
  addressOf,
  type Design,
  type ElementAddress,
  movedTo,
  type Place,
  parseAddress,
} from '../design/design.ts';
import { type Reference, references } from '../design/references.ts';
import { type Section, sections } from '../kinds/registry.ts';
import { applyEdits } from '../text/compose.ts';
import { editText } from '../text/edit.ts';
import { load } from '../text/load.ts';
import { parse } from '../text/parse.ts';
import type { Patch } from '../text/patch.ts';
import { pointsTo } from './element.rename.ts';

/** An element that was copied, with its values as the author wrote them. */
export interface Copied {
  readonly section: Section;
  readonly id: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Position on the canvas. */
  readonly at?: Place;
}

/** Sections whose elements nobody draws: they come along with what names them, and are shared where they are there already. */
const shared: ReadonlySet<Section> = new Set<Section>([
  'brokers',
  'services',
  'messages',
  'retryPolicies',
  'idempotencyPolicies',
]);

export const isShared = (section: Section): boolean => shared.has(section);

/**
 * Elements with what they need elsewhere: the bindings and subscriptions that lead to them, and the brokers, services,
 * messages and policies that they name.
 * @param positions Places on the canvas, for elements that the file gives none as well.
 */
export function fragmentOf(
  design: Design,
  addresses: Iterable<ElementAddress>,
  positions: ReadonlyMap<ElementAddress, Place> = design.layout,
): readonly Copied[] {
  const taken = new Map<ElementAddress, Copied>();
  const take = (section: Section, id: string): void => {
    const address = addressOf(section, id);
    const value = design[section].get(id) as Copied['value'] | undefined;
    const place = positions.get(address);
    const at = place && movedTo([place[0], place[1]], design.layout.get(address));
    if (value && !taken.has(address)) taken.set(address, { section, id, value, ...(at && { at }) });
  };
  for (const address of addresses) {
    const found = parseAddress(address);
    if (found) take(found.section, found.id);
  }
  const drawn = new Set([...taken.values()].map(({ id }) => id));
  for (const [id, { destination }] of design.bindings) if (drawn.has(destination)) take('bindings', id);
  for (const [id, { endpoint }] of design.subscriptions) if (drawn.has(endpoint)) take('subscriptions', id);
  const named = references(design).filter(({ to }) => isShared(to as Section));
  // Until nothing more is named: what is named may name others.
  for (let before = -1; before < taken.size; ) {
    before = taken.size;
    for (const { from, to, id } of named) if (taken.has(from)) take(to as Section, id);
  }
  return [...taken.values()];
}

/** Elements as a small design file: what the clipboard holds, and what can be saved and read like any other. */
export function fragmentText(name: string, elements: readonly Copied[]): string {
  const blank = parse('brokerloom: 1\n');
  const patches: Patch[] = [{ op: 'set', path: ['design'], value: { name } }];
  for (const section of sections)
    for (const { id, value } of elements.filter((element) => element.section === section))
      patches.push({ op: 'set', path: [section, id], value });
  for (const { section, id, at } of elements)
    if (at) patches.push({ op: 'set', path: ['layout', addressOf(section, id)], value: [...at] });
  const edits = editText(blank, patches);
  return edits.ok ? applyEdits(blank.text, edits.value) : '';
}

/** Elements of a text that is a design or part of one; `undefined` where it is anything else. */
export function readFragment(text: string): readonly Copied[] | undefined {
  const { design } = load(text);
  return (
    design &&
    sections.flatMap((section) =>
      [...(design[section] as ReadonlyMap<string, Copied['value']>)].map(([id, value]) => {
        const at = design.layout.get(addressOf(section, id));
        return { section, id, value, ...(at && { at }) };
      }),
    )
  );
}

/** Every reference among copied elements. */
export function referencesIn(elements: readonly Copied[]): Iterable<Reference> {
  const alone = Object.fromEntries(
    sections.map((section) => [
      section,
      new Map(elements.filter((element) => element.section === section).map(({ id, value }) => [id, value])),
    ]),
  );
  return references(alone as unknown as Design);
}

/** The copied element that a reference of another one means. */
export const meantBy = (reference: Reference, elements: readonly Copied[]): Copied | undefined =>
  elements.find(({ section, id }) => pointsTo(reference, section, id));
