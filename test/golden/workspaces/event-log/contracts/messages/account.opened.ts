import { defineMessage } from '@event-log/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/account.opened.json' with { type: 'json' };

/** Body of account.opened, version 1. */
export interface AccountOpened {
  accountId: string;
  plan: 'free' | 'team' | 'company';
}

export const accountOpened = defineMessage<AccountOpened>()({
  type: 'account.opened',
  version: 1,
  // 8KiB, checked before a send and on receipt
  maxBytes: 8192,
  envelope: 'domain-event',
  aggregateIdPath: '/accountId',
  validate: compile(schema),
});
