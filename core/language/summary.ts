import { type ElementAddress, parseAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { brokerLabels } from '../kinds/brokers.ts';
import { kinds } from '../kinds/registry.ts';

/** What an element is, in a few words: `Queue on work (RabbitMQ)`. */
export function summaryOf(graph: Graph, address: ElementAddress): string {
  const found = parseAddress(address);
  if (!found) return '';
  const { section, id } = found;
  const { title } = kinds[section];
  const value = graph.design[section].get(id) as Readonly<Record<string, unknown>> | undefined;
  const kind = section === 'brokers' ? graph.design.brokers.get(id)?.kind : undefined;
  if (kind) return `${title}: ${brokerLabels[kind]}`;
  const broker = typeof value?.['broker'] === 'string' ? value['broker'] : undefined;
  const on = broker === undefined ? undefined : graph.design.brokers.get(broker)?.kind;
  if (broker !== undefined) return `${title} on ${broker}${on ? ` (${brokerLabels[on]})` : ''}`;
  const service = typeof value?.['service'] === 'string' ? value['service'] : undefined;
  return service !== undefined && service !== id ? `${title} of ${service}` : title;
}
