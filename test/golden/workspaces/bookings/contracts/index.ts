export * from './messages/booking.cancelled.ts';
export * from './messages/booking.made.ts';
