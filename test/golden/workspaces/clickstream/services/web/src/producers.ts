import * as contracts from '@clickstream/contracts';
import { defineProducer } from '@clickstream/messaging';

export const producers = {
  tracker: defineProducer({
    broker: 'site',
    to: { topic: 'clicks' },
    messages: [contracts.pageClicked],
    // a flow relies on the order: at most one unconfirmed message per key
    ordered: true,
  }),
};
