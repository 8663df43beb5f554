export * from './messages/label.requested.ts';
export * from './messages/order.created.ts';
export * from './messages/order.paid.ts';
export * from './messages/order.shipped.ts';
export * from './messages/pick.requested.ts';
