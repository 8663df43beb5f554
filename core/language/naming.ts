import { pointsTo } from '../commands/element.rename.ts';
import type { Design, ElementAddress } from '../design/design.ts';
import { addressOf, parseAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { references } from '../design/references.ts';
import { channelSections, type Section } from '../kinds/registry.ts';
import type { Path } from '../text/nodes.ts';
import { isSection, partAt } from './meaning.ts';
import type { Spot } from './spot.ts';

/** The element that a word names. */
export interface Named {
  readonly address: ElementAddress;
  /** Whether the word is the key under which the element stands, and not a reference to it. */
  readonly isDefinition: boolean;
}

/** Sections whose elements the value at a path names; `undefined` where it names none. */
export function referredAt(path: Path): readonly Section[] | undefined {
  const editor = partAt(path)?.editor;
  if (editor?.type !== 'ref' && editor?.type !== 'refs') return undefined;
  if (editor.to === 'channels') return channelSections;
  // Dead letters of a log go to a log.
  return editor.to === 'queues' && path.includes('deadLetter') ? ['queues', 'streams'] : [editor.to];
}

/**
 * The element that a word of the text names: its own key, a reference to it, its entry in the layout, its waiver.
 * @param graph Of the design, with what shorthand implies, which may be named too.
 */
export function namedAt({ role, path, text }: Spot, graph: Graph): Named | undefined {
  const [section, id] = path;
  if (role === 'key' && path.length === 2) {
    if (isSection(section)) return { address: addressOf(section, String(id)), isDefinition: true };
    return section === 'layout' ? existing(text, graph) : undefined;
  }
  if (role === 'key') return undefined;
  if (section === 'waivers' && path[2] === 'target') return existing(text, graph);
  const found = referredAt(path)?.find((name) => graph.design[name].has(text));
  return found && { address: addressOf(found, text), isDefinition: false };
}

function existing(address: string, graph: Graph): Named | undefined {
  const found = parseAddress(address);
  return found && graph.design[found.section].has(found.id)
    ? { address: address as ElementAddress, isDefinition: false }
    : undefined;
}

/** Paths of all that names an element, but its own key: references, waivers, its place in the layout. */
export function usesOf(design: Design, address: ElementAddress): readonly Path[] {
  const found = parseAddress(address);
  if (!found) return [];
  return [
    ...references(design)
      .filter((reference) => pointsTo(reference, found.section, found.id))
      .map(({ path }) => path),
    ...[...design.waivers].flatMap(([id, { target }]) =>
      target === address ? [['waivers', id, 'target']] : [],
    ),
    ...(design.layout.has(address) ? [['layout', address]] : []),
  ];
}

/** Path of the key that an element is defined by: its own, or the shorthand that implies it. */
export function definitionOf(graph: Graph, address: ElementAddress): Path {
  const origin = graph.origins.get(address);
  const found = parseAddress(origin?.address ?? address);
  return found ? [found.section, found.id, ...(origin ? [origin.field] : [])] : [];
}
