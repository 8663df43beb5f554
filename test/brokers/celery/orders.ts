import { lengthPrefixed } from '../../../runtime/core/idempotency/key.ts';
import type { Transport } from '../../../runtime/core/types.ts';
import { defineMessage, defineProducer, defineService, startService } from '../../../runtime/index.ts';

export interface Order {
  readonly orderId: string;
  readonly customerId: string;
  readonly totalCents: number;
  readonly currency: string;
  readonly note?: string;
}

const orderCreated = defineMessage<Order>()({
  type: 'order.created',
  version: 1,
  maxBytes: 65_536,
  envelope: 'domain-event',
  aggregateIdPath: '/customerId',
  validate: () => true,
});

export const order = (orderId: string): Order => ({
  orderId,
  customerId: 'c-1',
  totalCents: 5,
  currency: 'EUR',
});

/** Under which the payment worker remembers an event. */
export const recordOf = (id: string): string => lengthPrefixed(['payment', 'take-payment', id]);

/** A service that sends orders to the payment worker. */
export const startSender = (transport: Transport) =>
  startService(
    defineService({
      name: 'order',
      producers: {
        checkout: defineProducer({ broker: 'tasks', to: { queue: 'payments' }, messages: [orderCreated] }),
      },
      consumers: {},
    }),
    { transports: { tasks: transport } },
  );

export type Sender = Awaited<ReturnType<typeof startSender>>;
