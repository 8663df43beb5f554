import type { Parts } from '../kinds/attribute.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { channelSections, kinds, sections } from '../kinds/registry.ts';
import { addressOf, type Design, type ElementAddress } from './design.ts';

type Brokers = ReadonlySet<BrokerKind>;
const NONE: Brokers = new Set();

/**
 * The brokers that each element has to do with: the broker of a channel, of the channel of a producer or consumer, and
 * of whoever uses a message, policy or flow. A Celery broker counts together with its transport. An element that is
 * not there is on no broker that the design tells.
 */
function placements(design: Design): ReadonlyMap<ElementAddress, Brokers> {
  const placed = new Map<ElementAddress, Set<BrokerKind>>();
  const place = (address: ElementAddress, brokers: Brokers): void => {
    const known = placed.get(address) ?? new Set();
    for (const kind of brokers) known.add(kind);
    if (known.size > 0) placed.set(address, known);
  };
  const kindsOf = (id: string): Brokers => {
    const broker = design.brokers.get(id);
    const transport = design.brokers.get(broker?.transport ?? '');
    return new Set([broker, transport].flatMap((found) => (found ? [found.kind] : [])));
  };
  const channelOf = (id: string | undefined): Brokers => {
    const section = channelSections.find((name) => design[name].has(id ?? ''));
    return (section && placed.get(addressOf(section, id ?? ''))) ?? NONE;
  };

  for (const [id, { kind }] of design.brokers) place(addressOf('brokers', id), new Set([kind]));
  for (const section of channelSections)
    for (const [id, { broker }] of design[section]) place(addressOf(section, id), kindsOf(broker));
  for (const [id, { source }] of design.bindings) place(addressOf('bindings', id), channelOf(source));
  for (const [id, { topic }] of design.subscriptions) place(addressOf('subscriptions', id), channelOf(topic));
  for (const [id, { target }] of design.alerts) place(addressOf('alerts', id), channelOf(target));
  for (const section of ['producers', 'consumers'] as const) {
    for (const [id, { channel, messages = [] }] of design[section]) {
      const brokers = channelOf(channel);
      place(addressOf(section, id), brokers);
      for (const message of messages) place(addressOf('messages', message), brokers);
    }
  }
  for (const section of ['queues', 'consumers'] as const)
    for (const [id, { retry }] of design[section])
      if (typeof retry === 'string')
        place(addressOf('retryPolicies', retry), placed.get(addressOf(section, id)) ?? NONE);
  for (const [id, { from = [], to = [] }] of design.flows) {
    for (const producer of from)
      place(addressOf('flows', id), placed.get(addressOf('producers', producer)) ?? NONE);
    for (const consumer of to)
      place(addressOf('flows', id), placed.get(addressOf('consumers', consumer)) ?? NONE);
  }
  return placed;
}

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
export function* misplacedValues(design: Design): Generator<Misplaced> {
  const placed = placements(design);
  for (const section of sections) {
    for (const [id, element] of design[section] as ReadonlyMap<string, Values>) {
      const at = addressOf(section, id);
      const on = placed.get(at);
      if (!on) continue;
      for (const found of within(kinds[section].attributes, element, on)) yield { at, on, ...found };
    }
  }
}

type Values = Readonly<Record<string, unknown>>;

function* within(
  parts: Parts,
  values: Values,
  on: Brokers,
): Generator<Pick<Misplaced, 'field' | 'value' | 'worksOn'>> {
  for (const [field, value] of Object.entries(values)) {
    const part = Object.hasOwn(parts, field) ? parts[field] : undefined;
    if (!part || value === undefined) continue;
    const worksOn = typeof value === 'string' ? part.valueBrokers?.[value] : undefined;
    if (part.brokers && !part.brokers.some((kind) => on.has(kind))) {
      yield { field, value: undefined, worksOn: part.brokers };
    } else if (worksOn && !worksOn.some((kind) => on.has(kind))) {
      yield { field, value: String(value), worksOn };
    } else if (part.parts && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const { field: inner, ...found } of within(part.parts, value as Values, on))
        yield { field: `${field}.${inner}`, ...found };
    }
  }
}
