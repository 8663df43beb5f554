import { type ElementAddress, parseAddress } from '../design/design.ts';
import { Graph } from '../design/graph.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';
import { canConnect } from './connect.ts';
import { freshId } from './names.ts';

export interface ConnectArgs {
  readonly from: ElementAddress;
  readonly to: ElementAddress;
  /** For a binding; missing = what the producers of the exchange send. */
  readonly routingKey?: string;
}

/** Connects two elements: publish, bind, subscribe, consume, or dead-letter, whichever `canConnect` allows. */
export const elementConnect = defineCommand({
  id: 'element.connect',
  label: ({ from, to }: ConnectArgs) => `Connect ${from.split('/')[1]} to ${to.split('/')[1]}`,
  history: 'record',
  apply: (design, { from, to, routingKey }): Result<readonly Patch[], Problem> => {
    const graph = Graph.of(design);
    const verdict = canConnect(graph, from, to);
    const source = parseAddress(from);
    const target = parseAddress(to);
    if (!verdict.ok || !source || !target) {
      return fail({
        code: 'LOOM_COMMAND',
        message: verdict.ok ? 'Nothing can be connected here.' : verdict.reason,
        element: from,
      });
    }
    switch (verdict.kind) {
      case 'publish':
        return ok([{ op: 'set', path: ['producers', source.id, 'channel'], value: target.id }]);
      case 'consume':
        return ok([{ op: 'set', path: ['consumers', target.id, 'channel'], value: source.id }]);
      case 'dead-letter':
        return ok([{ op: 'set', path: ['queues', source.id, 'deadLetter'], value: target.id }]);
      case 'subscribe':
        return ok([
          {
            op: 'set',
            path: ['subscriptions', freshId(design, 'subscriptions', `${source.id}-${target.id}`)],
            value: { topic: source.id, endpoint: target.id },
          },
        ]);
      case 'bind': {
        const key = routingKey ?? defaultRoutingKey(graph, source.id);
        const value = {
          source: source.id,
          destination: target.id,
          ...(key === undefined ? {} : { routingKey: key }),
        };
        return ok([
          { op: 'set', path: ['bindings', freshId(design, 'bindings', `${source.id}-${target.id}`)], value },
        ]);
      }
    }
  },
});

/** A topic binding takes everything; a direct one the first key that is published; fanout and headers take none. */
function defaultRoutingKey(graph: Graph, exchange: string): string | undefined {
  const type = graph.design.exchanges.get(exchange)?.type ?? 'topic';
  if (type === 'topic') return '#';
  if (type !== 'direct') return undefined;
  const producer = graph.producersOf(exchange)[0];
  return producer ? graph.emissionsOf(producer)[0]?.routingKey : undefined;
}
