import * as contracts from '@parcels/contracts';
import { defineProducer } from '@parcels/messaging';

export const producers = {
  scanner: defineProducer({
    broker: 'scans',
    to: { topic: 'parcel.scans' },
    messages: [contracts.parcelScanned],
    // a flow relies on the order: at most one unconfirmed message per key
    ordered: true,
  }),
};
