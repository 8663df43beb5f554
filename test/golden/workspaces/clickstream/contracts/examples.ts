import pageClicked from './examples/page.clicked.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'page.clicked': pageClicked,
};
