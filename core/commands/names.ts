import type { Design } from '../design/design.ts';
import { channelSections, type Section } from '../kinds/registry.ts';

/** What a new element is called when nobody has named it yet. */
const BASE: Readonly<Record<Section, string>> = {
  brokers: 'broker',
  services: 'service',
  messages: 'message',
  exchanges: 'events',
  queues: 'tasks',
  topics: 'notifications',
  streams: 'history',
  bindings: 'binding',
  subscriptions: 'subscription',
  retryPolicies: 'retry',
  idempotencyPolicies: 'idempotency',
  producers: 'publisher',
  consumers: 'worker',
  flows: 'flow',
  alerts: 'alert',
  waivers: 'waiver',
  notes: 'note',
};

/** A free id for a new element: the base name, or the first of `base-2`, `base-3` … Ids of channels are unique across their sections. */
export function freshId(design: Design, section: Section, base: string = BASE[section]): string {
  const group: readonly Section[] = (channelSections as readonly Section[]).includes(section)
    ? channelSections
    : [section];
  const taken = (id: string): boolean => group.some((name) => design[name].has(id));
  if (!taken(base)) return base;
  for (let n = 2; ; n++) if (!taken(`${base}-${n}`)) return `${base}-${n}`;
}
