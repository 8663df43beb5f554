import accountClosed from './examples/account.closed.json' with { type: 'json' };
import accountOpened from './examples/account.opened.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'account.closed': accountClosed,
  'account.opened': accountOpened,
};
