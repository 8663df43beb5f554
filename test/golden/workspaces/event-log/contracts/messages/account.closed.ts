import { defineMessage } from '@event-log/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/account.closed.json' with { type: 'json' };

/** Body of account.closed, version 1. */
export interface AccountClosed {
  accountId: string;
}

export const accountClosed = defineMessage<AccountClosed>()({
  type: 'account.closed',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/accountId',
  validate: compile(schema),
});
