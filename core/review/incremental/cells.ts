/**
 * Names of the parts of a design that a judgement can depend on. A section as a whole has its own name, `queues`; so
 * have the attributes of the design, `design`.
 */
export const cells = {
  element: (section: string, id: string) => `${section}/${id}`,
  /** A channel of any section. */
  channel: (id: string) => `channel/${id}`,
  producersOf: (channel: string) => `producersOf/${channel}`,
  consumersOf: (channel: string) => `consumersOf/${channel}`,
  bindingsFrom: (exchange: string) => `bindingsFrom/${exchange}`,
  bindingsTo: (channel: string) => `bindingsTo/${channel}`,
  subscriptionsFrom: (topic: string) => `subscriptionsFrom/${topic}`,
  flowsOf: (address: string) => `flowsOf/${address}`,
} as const;
