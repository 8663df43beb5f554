import type { Infer } from '../kinds/attribute.ts';
import type { designAttributes } from '../kinds/design/index.ts';
import { type ChannelSection, channelSections, kinds, type Section } from '../kinds/registry.ts';

/** Attributes of an element as written in the file; a missing attribute is missing, never a default. */
export type ElementOf<S extends Section> = Infer<(typeof kinds)[S]['attributes']>;
export type Broker = ElementOf<'brokers'>;
export type Service = ElementOf<'services'>;
export type Message = ElementOf<'messages'>;
export type Exchange = ElementOf<'exchanges'>;
export type Queue = ElementOf<'queues'>;
export type Binding = ElementOf<'bindings'>;
export type Subscription = ElementOf<'subscriptions'>;
export type Producer = ElementOf<'producers'>;
export type Consumer = ElementOf<'consumers'>;
export type Flow = ElementOf<'flows'>;

/** Position on the canvas in px: left, top. */
export type Point = readonly [x: number, y: number];

/** Where an element stands; for a note that was resized with its size, in px. */
export type Place = Point | readonly [x: number, y: number, width: number, height: number];

/** Another position with the size of a place, if that states one. */
export const movedTo = ([x, y]: Point, place: Place | undefined): Place =>
  place?.length === 4 ? [x, y, place[2], place[3]] : [x, y];

/**
 * A parsed design: one read-only map per section, in the order of the file, and the attributes of the design itself.
 * It is only ever replaced, never changed in place.
 */
export type Design = {
  readonly [S in Section]: ReadonlyMap<string, ElementOf<S>>;
} & {
  readonly format: number;
  readonly design: Infer<typeof designAttributes>;
  readonly layout: ReadonlyMap<ElementAddress, Place>;
};

/** How findings, layout and commands name an element: section and id, such as `queues/payments`. */
export type ElementAddress = `${Section}/${string}`;

export const addressOf = (section: Section, id: string): ElementAddress => `${section}/${id}`;

/** Section and id of an address; `undefined` when the text is not one. */
export function parseAddress(
  address: string,
): { readonly section: Section; readonly id: string } | undefined {
  const slash = address.indexOf('/');
  const section = address.slice(0, slash);
  return slash > 0 && Object.hasOwn(kinds, section)
    ? { section: section as Section, id: address.slice(slash + 1) }
    : undefined;
}

/** The section of the channel with an id; `undefined` where there is none. */
export function channelSectionOf(design: Design, id: string): ChannelSection | undefined {
  for (const section of channelSections) if (design[section].has(id)) return section;
  return undefined;
}

/** An exchange, queue, topic or stream together with its id and section. */
export type Channel = {
  readonly [S in ChannelSection]: { readonly id: string; readonly section: S; readonly value: ElementOf<S> };
}[ChannelSection];
