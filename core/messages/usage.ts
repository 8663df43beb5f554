import { addressOf, type ElementAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';

/** A producer or consumer of a message. */
export interface User {
  readonly address: ElementAddress;
  readonly id: string;
  readonly service: string;
  readonly channel: string | undefined;
  /** Of a consumer: the versions that it understands. */
  readonly accepts?: readonly number[];
}

/** Who sends a message, and who handles it: what names it, and what names no message and is reached by it. */
export function usersOf(
  graph: Graph,
  message: string,
): { readonly producers: readonly User[]; readonly consumers: readonly User[] } {
  const { design } = graph;
  const current = design.messages.get(message)?.version ?? 1;
  return {
    producers: [...design.producers]
      .filter(([, { messages = [] }]) => messages.includes(message))
      .map(([id, value]) => ({
        address: addressOf('producers', id),
        id,
        service: graph.serviceOf({ id, value }),
        channel: value.channel,
      })),
    consumers: [...design.consumers]
      .filter(([id, value]) => graph.messagesOf({ id, value }).includes(message))
      .map(([id, value]) => ({
        address: addressOf('consumers', id),
        id,
        service: graph.serviceOf({ id, value }),
        channel: value.channel,
        accepts: value.accepts ?? [current],
      })),
  };
}

/** Whether a message is written to a log, where every version of it is read again. */
export const isOnLog = (graph: Graph, message: string): boolean =>
  [...graph.design.streams.keys()].some((stream) => graph.messagesArrivingAt(stream).has(message));
