export * from './messages/entry.booked.ts';
export * from './messages/order.placed.ts';
