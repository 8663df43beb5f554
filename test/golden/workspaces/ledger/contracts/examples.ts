import entryBooked from './examples/entry.booked.json' with { type: 'json' };
import orderPlaced from './examples/order.placed.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'entry.booked': entryBooked,
  'order.placed': orderPlaced,
};
