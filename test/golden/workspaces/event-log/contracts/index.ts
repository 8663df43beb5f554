export * from './messages/account.closed.ts';
export * from './messages/account.opened.ts';
