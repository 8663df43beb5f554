import { defineMessage } from '@parcels/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/parcel.scanned.json' with { type: 'json' };

/** Body of parcel.scanned, version 1. */
export interface ParcelScanned {
  parcelId: string;
  place: string;
  status: 'received' | 'sorted' | 'loaded' | 'delivered';
}

export const parcelScanned = defineMessage<ParcelScanned>()({
  type: 'parcel.scanned',
  version: 1,
  // 8KiB, checked before a send and on receipt
  maxBytes: 8192,
  envelope: 'domain-event',
  aggregateIdPath: '/parcelId',
  validate: compile(schema),
});
