import type { LogTopology, TopicDeclaration } from '../core/types.ts';

/** A stream as the design has it (`streams.json`). Its partitions are keys of Redis, each with an order of its own. */
export interface StreamDeclaration extends TopicDeclaration {
  /**
   * What is removed: what lies beyond `maxLen`, or all that every group has acknowledged. Neither removes what a group has
   * still to read or to acknowledge, unless `evict` says that it may. Without it nothing is removed.
   */
  readonly trim?: { readonly maxLen: number; readonly evict?: true } | { readonly acknowledged: true };
  readonly groups?: readonly GroupDeclaration[];
}

/** A group, and what its members do for one another. Times in ms. */
export interface GroupDeclaration {
  readonly name: string;
  readonly startFrom?: 'earliest' | 'latest';
  /** An entry that its member has not spoken of for so long is taken over by another. Default 60 000. */
  readonly minIdleMs?: number;
  /** How often members look for such entries. Default 30 000. */
  readonly intervalMs?: number;
  /** One member at a time works, others stand by: for flows that rely on an order. */
  readonly singleActive?: true;
  /** What follows when an entry was handed out this often without being settled: the backstop against crash loops. */
  readonly backstop?: BackstopDeclaration;
}

export interface BackstopDeclaration {
  readonly maxDeliveries: number;
  readonly deadLetter: string;
  readonly service: string;
  readonly consumer: string;
  readonly retryTopic: string;
}

/** Streams as the generator writes them; other keys of the file are ignored here. */
export interface RedisTopology extends LogTopology {
  readonly topics: readonly StreamDeclaration[];
}

/** What was declared, by the names of streams: JSON, so that every process reads the same. */
export const declaredKey = 'loom:streams';

/** The keys that hold a stream: its own name, or one for each partition. */
export function keysOf({ name, partitions }: TopicDeclaration): readonly string[] {
  return partitions === 1
    ? [name]
    : Array.from({ length: partitions }, (_, partition) => `${name}:${partition}`);
}

/** Where entries wait until they are due, ordered by that time. */
export const dueKeyOf = (key: string): string => `${key}:due`;

/** Who is at work for a group with `singleActive`. */
export const activeKeyOf = (group: string): string => `loom:active:${group}`;

/** Holds the entries that were given back, until a member takes them over. */
export const nobody = 'nobody';
