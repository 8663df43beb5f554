export * from './messages/parcel.scanned.ts';
