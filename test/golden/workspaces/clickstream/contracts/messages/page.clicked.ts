import { defineMessage } from '@clickstream/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/page.clicked.json' with { type: 'json' };

/** Body of page.clicked, version 1. */
export interface PageClicked {
  visitorId: string;
  page: string;
  action: 'view' | 'search' | 'add-to-basket' | 'buy';
}

export const pageClicked = defineMessage<PageClicked>()({
  type: 'page.clicked',
  version: 1,
  // 8KiB, checked before a send and on receipt
  maxBytes: 8192,
  envelope: 'domain-event',
  aggregateIdPath: '/visitorId',
  validate: compile(schema),
});
