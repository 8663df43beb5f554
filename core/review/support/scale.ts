import type { Graph } from '../../design/graph.ts';
import type { Patch } from '../../text/patch.ts';
import type { FixProposal } from '../rule.ts';
import { concurrencyOf, type Load, lanesOf } from './load.ts';

/** Instances that give a group of consumers so many lanes; `undefined` where its log has fewer, or it has several services. */
export function instancesFor(graph: Graph, load: Load, lanes: number): number | undefined {
  const most = lanesOf(graph, load.channel, load.consumers);
  const services = new Set(load.consumers.map((consumer) => graph.serviceOf(consumer)));
  if ((most !== undefined && lanes > most) || services.size !== 1) return undefined;
  const each = load.consumers.reduce((sum, consumer) => sum + concurrencyOf(consumer), 0);
  return Math.ceil(Number((lanes / each).toFixed(6)));
}

/** Lets a service scale out to as many instances as a load needs. */
export function scaleOut(graph: Graph, load: Load, lanes: number): FixProposal | undefined {
  const [consumer] = load.consumers;
  const instances = instancesFor(graph, load, lanes);
  if (!consumer || instances === undefined) return undefined;
  const service = graph.serviceOf(consumer);
  const patch: Patch = { op: 'set', path: ['services', service, 'replicas', 'max'], value: instances };
  return { label: `Scale ${service} out to ${instances} instances`, patches: () => [patch] };
}

/** Up to two digits, for a sentence. */
export const rounded = (value: number): number => Number(value.toPrecision(2));
