import * as contracts from '@thumbnails/contracts';
import { defineProducer } from '@thumbnails/messaging';

export const producers = {
  upload: defineProducer({
    broker: 'tasks',
    to: { queue: 'pictures' },
    messages: [contracts.pictureUploaded],
  }),
  receipt: defineProducer({
    broker: 'tasks',
    to: { queue: 'receipts' },
    messages: [contracts.receiptRequested],
  }),
};
