import labelRequested from './examples/label.requested.json' with { type: 'json' };
import orderCreated from './examples/order.created.json' with { type: 'json' };
import orderPaid from './examples/order.paid.json' with { type: 'json' };
import orderShipped from './examples/order.shipped.json' with { type: 'json' };
import pickRequested from './examples/pick.requested.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'label.requested': labelRequested,
  'order.created': orderCreated,
  'order.paid': orderPaid,
  'order.shipped': orderShipped,
  'pick.requested': pickRequested,
};
