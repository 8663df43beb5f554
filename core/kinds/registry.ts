import { alert } from './alert/index.ts';
import { binding } from './binding/index.ts';
import { broker } from './broker/index.ts';
import { consumer } from './consumer/index.ts';
import { exchange } from './exchange/index.ts';
import { flow } from './flow/index.ts';
import { idempotencyPolicy } from './idempotencyPolicy/index.ts';
import type { KindDefinition } from './kind.ts';
import { message } from './message/index.ts';
import { note } from './note/index.ts';
import { producer } from './producer/index.ts';
import { queue } from './queue/index.ts';
import { retryPolicy } from './retryPolicy/index.ts';
import { service } from './service/index.ts';
import { stream } from './stream/index.ts';
import { subscription } from './subscription/index.ts';
import { topic } from './topic/index.ts';
import { waiver } from './waiver/index.ts';

/**
 * All kinds by their section of the design file, in the canonical order of the sections.
 * A kind that is missing here does not exist; a section without a kind does not compile (`Sections`).
 */
export const kinds = {
  brokers: broker,
  services: service,
  messages: message,
  exchanges: exchange,
  queues: queue,
  topics: topic,
  streams: stream,
  bindings: binding,
  subscriptions: subscription,
  retryPolicies: retryPolicy,
  idempotencyPolicies: idempotencyPolicy,
  producers: producer,
  consumers: consumer,
  flows: flow,
  alerts: alert,
  waivers: waiver,
  notes: note,
} as const satisfies { readonly [S in string]: KindDefinition<string, S> };

export type Section = keyof typeof kinds;
export const sections = Object.keys(kinds) as readonly Section[];

/** Sections whose elements carry messages; their ids are unique across all four. */
export const channelSections = [
  'exchanges',
  'queues',
  'topics',
  'streams',
] as const satisfies readonly Section[];
export type ChannelSection = (typeof channelSections)[number];
