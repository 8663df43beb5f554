import { bool } from '../attribute.ts';

const standard = { value: false, why: 'a queue is simpler and cheaper than a log' } as const;
const need = (doc: string) => bool({ doc, default: standard });

/** What only a retained log gives. */
export const needParts = {
  replay: need('Consumers must be able to read again.'),
  audit: need('The history is evidence.'),
  eventSourcing: need('State is rebuilt from the events.'),
  cdc: need('The events are changes of a database.'),
  lateSubscribers: need('A service added later must see the past.'),
  longTermState: need('The broker keeps the state of record.'),
} as const;
