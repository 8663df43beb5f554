import { freshId } from '../../commands/names.ts';
import type { Channel, ElementOf } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { deadLetterOf } from '../../design/policies.ts';
import { question } from '../incremental/observed.ts';
import type { FixProposal } from '../rule.ts';

export type Alert = ElementOf<'alerts'>;
export type Metric = Alert['metric'];

const index = new WeakMap<Graph, ReadonlyMap<string, readonly Named<Alert>[]>>();

/** Alerts that watch a channel. */
export const alertsOn = question((graph: Graph, channel: string): readonly Named<Alert>[] => {
  let found = index.get(graph);
  if (!found) {
    const alerts = new Map<string, Named<Alert>[]>();
    for (const [id, value] of graph.design.alerts)
      alerts.set(value.target, [...(alerts.get(value.target) ?? []), { id, value }]);
    found = alerts;
    index.set(graph, found);
  }
  return found.get(channel) ?? [];
});

/** Measures of what waits in a channel, the one that a new alert would use first. */
export function backlogMetrics(graph: Graph, channel: Channel): readonly [Metric, ...Metric[]] {
  if (channel.section !== 'streams') return ['depth'];
  const broker = graph.brokerKindOf(channel);
  if (broker === 'kinesis') return ['iterator-age', 'lag'];
  return broker === 'redis' ? ['lag', 'pel'] : ['lag'];
}

/** Measures of how old the oldest message is. */
export const ageMetrics = (graph: Graph, channel: Channel): readonly [Metric, ...Metric[]] =>
  channel.section === 'streams' && graph.brokerKindOf(channel) === 'kinesis'
    ? ['iterator-age', 'age']
    : ['age'];

/** Whether a channel receives dead letters. */
export const isDeadLetterChannel = question((graph: Graph, channel: Channel): boolean => {
  if (channel.section === 'queues' && channel.value.role !== undefined)
    return channel.value.role === 'dead-letter';
  return deadLetterTargets(graph).has(channel.id);
});

const targets = new WeakMap<Graph, ReadonlySet<string>>();

function deadLetterTargets(graph: Graph): ReadonlySet<string> {
  const known = targets.get(graph);
  if (known) return known;
  const found = new Set<string>();
  const { queues, consumers, subscriptions } = graph.design;
  for (const { deadLetter } of subscriptions.values()) if (deadLetter !== undefined) found.add(deadLetter);
  for (const [id, { deadLetter }] of [...queues, ...consumers]) {
    const target = deadLetterOf(id, deadLetter)?.target;
    if (target !== undefined) found.add(target);
  }
  targets.set(graph, found);
  return found;
}

/** The team that a new alert on a channel tells: the owner of the service that consumes it. */
export const ownerOf = (graph: Graph, channel: string): string | undefined =>
  graph
    .consumersOf(channel)
    .map((consumer) => graph.design.services.get(graph.serviceOf(consumer))?.owner)
    .find(Boolean);

/** Adds an alert `<channel>-<name>`. Its threshold is worked out when somebody asks for the fix. */
export const addAlert = (
  graph: Graph,
  channel: string,
  name: string,
  alert: Omit<Alert, 'target'>,
  thresholdOf: () => Alert['threshold'] = () => undefined,
): FixProposal => ({
  label: `Add alert ${channel}-${name}`,
  patches: () => {
    const id = freshId(graph.design, 'alerts', `${channel}-${name}`);
    const owner = ownerOf(graph, channel);
    const threshold = thresholdOf();
    const value = {
      target: channel,
      ...alert,
      ...(threshold === undefined ? {} : { threshold }),
      ...(owner ? { owner } : {}),
    };
    return [{ op: 'set', path: ['alerts', id], value }];
  },
});
