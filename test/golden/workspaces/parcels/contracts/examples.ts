import parcelScanned from './examples/parcel.scanned.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'parcel.scanned': parcelScanned,
};
