import type { Part, Parts } from '../kinds/attribute.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { channelSections, kinds, type Section, sections } from '../kinds/registry.ts';
import { addressOf, channelSectionOf, type Design, type ElementAddress } from './design.ts';

type Brokers = ReadonlySet<BrokerKind>;
const NONE: Brokers = new Set();
type Placements = Readonly<Record<Section, Map<string, Brokers>>>;

/**
 * The brokers that each element has to do with: the broker of a channel, of the channel of a producer or consumer, and
 * of whoever uses a message, policy or flow. A Celery broker counts together with its transport. An element that is
 * not there is on no broker that the design tells.
 */
function placements(design: Design): Placements {
  const placed = Object.fromEntries(sections.map((section) => [section, new Map()])) as Placements;
  // Most elements have to do with one broker, so they share its set.
  const place = (section: Section, id: string, brokers: Brokers): void => {
    const known = placed[section].get(id);
    if (known === undefined) {
      if (brokers.size > 0) placed[section].set(id, brokers);
    } else if (known !== brokers) placed[section].set(id, new Set([...known, ...brokers]));
  };
  const kindsOn = new Map<string, Brokers>();
  for (const [id, { kind, transport = '' }] of design.brokers) {
    const below = design.brokers.get(transport);
    kindsOn.set(id, new Set(below ? [kind, below.kind] : [kind]));
  }
  const kindsOf = (id: string): Brokers => kindsOn.get(id) ?? NONE;
  const channelOf = (id = ''): Brokers => {
    const section = channelSectionOf(design, id);
    return (section && placed[section].get(id)) ?? NONE;
  };

  for (const [id, { kind }] of design.brokers) place('brokers', id, new Set([kind]));
  for (const section of channelSections)
    for (const [id, { broker }] of design[section]) place(section, id, kindsOf(broker));
  for (const [id, { source }] of design.bindings) place('bindings', id, channelOf(source));
  for (const [id, { topic }] of design.subscriptions) place('subscriptions', id, channelOf(topic));
  for (const [id, { target }] of design.alerts) place('alerts', id, channelOf(target));
  for (const section of ['producers', 'consumers'] as const) {
    for (const [id, { channel, messages = [] }] of design[section]) {
      const brokers = channelOf(channel);
      place(section, id, brokers);
      for (const message of messages) place('messages', message, brokers);
    }
  }
  for (const section of ['queues', 'consumers'] as const)
    for (const [id, { retry }] of design[section])
      if (typeof retry === 'string') place('retryPolicies', retry, placed[section].get(id) ?? NONE);
  for (const [id, { from = [], to = [] }] of design.flows) {
    for (const producer of from) place('flows', id, placed.producers.get(producer) ?? NONE);
    for (const consumer of to) place('flows', id, placed.consumers.get(consumer) ?? NONE);
  }
  return placed;
}

/** The kinds of broker that an element has to do with; empty where the design does not tell. */
export const brokersOf = (design: Design, section: Section, id: string): Brokers =>
  placements(design)[section].get(id) ?? NONE;

/** An attribute that none of the element's brokers knows. */
interface Misplaced {
  readonly at: ElementAddress;
  /** Dotted path below the element. */
  readonly field: string;
  /** The value that is out of place, where the attribute itself is not. */
  readonly value: string | undefined;
  readonly on: Brokers;
  readonly worksOn: readonly BrokerKind[];
}

/** Every attribute and value that means nothing on the brokers of its element. */
export function misplacedValues(design: Design): readonly Misplaced[] {
  const placed = placements(design);
  const found: Misplaced[] = [];
  for (const section of sections) {
    for (const [id, element] of design[section] as ReadonlyMap<string, Values>) {
      const on = placed[section].get(id);
      const parts = on && limited(kinds[section].attributes, on);
      if (parts && parts.size > 0) collect(parts, element, { section, id, on }, '', found);
    }
  }
  return found;
}

type Values = Readonly<Record<string, unknown>>;
type Limited = ReadonlyMap<string, Part>;

const known = new WeakMap<Brokers, Map<Parts, Limited>>();

/** The parts that may mean nothing on some brokers, with some value at least: few of the many attributes of a kind. */
function limited(parts: Parts, on: Brokers): Limited {
  const ofBrokers = known.get(on) ?? new Map<Parts, Limited>();
  known.set(on, ofBrokers);
  const found =
    ofBrokers.get(parts) ?? new Map(Object.entries(parts).filter(([, part]) => isLimited(part, on)));
  ofBrokers.set(parts, found);
  return found;
}

const isLimited = (part: Part, on: Brokers): boolean =>
  !isFor(part.brokers, on) ||
  part.valueBrokers !== undefined ||
  (part.parts !== undefined && limited(part.parts, on).size > 0);

const isFor = (brokers: readonly BrokerKind[] | undefined, on: Brokers): boolean =>
  brokers === undefined || brokers.some((kind) => on.has(kind));

/** Adds what is out of place in an object, and in the objects that it holds, to `found`. */
function collect(
  parts: Limited,
  values: Values,
  element: { readonly section: Section; readonly id: string; readonly on: Brokers },
  above: string,
  found: Misplaced[],
): void {
  const { section, id, on } = element;
  for (const name of Object.keys(values)) {
    const part = parts.get(name);
    const value = values[name];
    if (!part || value === undefined) continue;
    const field = above === '' ? name : `${above}.${name}`;
    const worksOn = typeof value === 'string' ? part.valueBrokers?.[value] : undefined;
    if (part.brokers && !isFor(part.brokers, on)) {
      found.push({ at: addressOf(section, id), on, field, value: undefined, worksOn: part.brokers });
    } else if (worksOn && !isFor(worksOn, on)) {
      found.push({ at: addressOf(section, id), on, field, value: String(value), worksOn });
    } else if (part.parts && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      collect(limited(part.parts, on), value as Values, element, field, found);
    }
  }
}
