export * from './messages/picture.uploaded.ts';
export * from './messages/receipt.requested.ts';
