import * as contracts from '@event-log/contracts';
import { defineProducer } from '@event-log/messaging';

export const producers = {
  accountLog: defineProducer({
    broker: 'events',
    to: { topic: 'account.events' },
    messages: [contracts.accountClosed, contracts.accountOpened],
    // a flow relies on the order: at most one unconfirmed message per key
    ordered: true,
    // rides out the election of a new leader
    timeoutMs: 120000,
  }),
};
