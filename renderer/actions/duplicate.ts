import type { AddArgs } from '../../core/commands/element.add.ts';
import { pointsTo } from '../../core/commands/element.rename.ts';
import { freshId } from '../../core/commands/names.ts';
import {
  addressOf,
  type Design,
  type ElementAddress,
  type Point,
  parseAddress,
} from '../../core/design/design.ts';
import { references } from '../../core/design/references.ts';
import type { Section } from '../../core/kinds/registry.ts';
import { BoxIndex, boxAround, boxAt, GRID } from '../canvas/geometry.ts';
import type { AppState } from '../store/state.ts';

type Value = Readonly<Record<string, unknown>>;

interface Copy {
  readonly of: ElementAddress;
  readonly section: Section;
  readonly id: string;
  readonly to: string;
  readonly value: Value;
}

/**
 * What adds copies of elements: the same values under the next free names (`orders` → `orders-2` → `orders-3`), bound as
 * their originals are. Where one copied element names another, its copy names the other copy.
 */
export function copiesOf(design: Design, addresses: Iterable<ElementAddress>): readonly (AddArgs & Copy)[] {
  const copies = new Map<ElementAddress, Copy>();
  // Grows with each copy, so that two copies never get the same name.
  let named = design;
  const copy = (of: ElementAddress): void => {
    const { section, id } = parseAddress(of) ?? { section: 'notes' as const, id: '' };
    const value = design[section].get(id) as Value | undefined;
    if (!value) return;
    const to = freshId(named, section, id.replace(/-\d+$/, ''));
    named = { ...named, [section]: new Map<string, unknown>([...named[section], [to, value]]) };
    copies.set(of, { of, section, id, to, value: structuredClone(value) });
  };
  for (const address of addresses) copy(address);
  const channels = new Set([...copies.values()].map(({ id }) => id));
  for (const [id, { destination }] of design.bindings) {
    if (destination !== undefined && channels.has(destination) && !copies.has(`bindings/${id}`))
      copy(addressOf('bindings', id));
  }
  for (const reference of references(design)) {
    const from = copies.get(reference.from);
    const target = from && [...copies.values()].find(({ section, id }) => pointsTo(reference, section, id));
    if (from && target) setAt(from.value, reference.path.slice(2), target.to);
  }
  return [...copies.values()].map((made) => ({ ...made, id: made.to }));
}

/** Sets a value inside a copy, which nothing else sees yet. */
function setAt(value: Value, path: readonly (string | number)[], to: string): void {
  const last = path.at(-1);
  let inside = value as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) inside = inside[key] as Record<string | number, unknown>;
  if (last !== undefined) inside[last] = to;
}

/** Copies the selected elements to the free room below them and selects the copies; one step of the history. */
export function duplicateSelected(app: AppState): void {
  const { shown } = app;
  if (!shown?.graph) return;
  const { graph, scene, positions } = shown;
  const chosen = [...app.selected].filter((address) => !graph.origins.has(address) && positions.has(address));
  if (chosen.length === 0) {
    app.notify({
      tone: 'info',
      title: 'This element cannot be duplicated by itself.',
      detail: 'Duplicate the element that it belongs to.',
    });
    return;
  }
  const boxOf = (address: ElementAddress) => {
    const at = positions.get(address);
    const size = scene.byAddress.get(address)?.size;
    return at && size ? [boxAt(at, size)] : [];
  };
  const taken = new BoxIndex();
  for (const { address } of scene.nodes) for (const box of boxOf(address)) taken.add(box);
  const boxes = chosen.flatMap(boxOf);
  let down = (boxAround(boxes)?.height ?? 0) + 3 * GRID;
  while (boxes.some((box) => taken.hit({ ...box, y: box.y + down }, GRID))) down += GRID;
  const below = (address: ElementAddress): { at: Point } | undefined => {
    const at = positions.get(address);
    return at && { at: [at[0], at[1] + down] };
  };

  const copies = copiesOf(graph.design, chosen);
  const label =
    chosen.length === 1
      ? `Duplicate ${parseAddress(chosen[0] ?? 'notes/')?.id}`
      : `Duplicate ${chosen.length} elements`;
  const done = app.asOneStep(label, () =>
    copies.every(({ of, section, id, value }) =>
      app.run('element.add', { section, id, value, ...below(of) }),
    ),
  );
  if (!done) return;
  const made = copies.filter(({ of }) => positions.has(of)).map(({ section, id }) => addressOf(section, id));
  app.select(made, 'keys');
  app.askFocus(made[0]);
}
