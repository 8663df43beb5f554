import { addressOf, type Channel, type ElementOf } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import type { Problem } from '../../core/result.ts';
import { parseDuration, parseRate } from '../../core/units.ts';
import type { PlannedBroker } from '../broker.ts';
import { type Context, nameOf } from '../context.ts';
import type { Decision } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { consumersReading } from './channels.ts';
import type { AlertRule } from './monitoring.ts';
import { type Expression, growth, increase, series } from './promql.ts';
import { runbookFor, type runbooks } from './runbooks.ts';
import { type Said, said, verbatim } from './said.ts';
import { ageThreshold, backlogThreshold, lossThreshold } from './thresholds.ts';

type Alert = ElementOf<'alerts'>;

/** What designed alerts cover, so that the defaults leave it to them: `<what> <channel id>`. */
export type Watched = ReadonlySet<string>;

export interface DesignedAlerts {
  readonly rules: readonly AlertRule[];
  readonly watched: Watched;
  readonly problems: readonly Problem[];
}

/** The alerts of a design as rules. */
export function planAlerts({ design, graph }: Context, brokers: readonly PlannedBroker[]): DesignedAlerts {
  const rules: AlertRule[] = [];
  const watched = new Set<string>();
  const problems: Problem[] = [];
  for (const [id, alert] of design.alerts) {
    const channel = graph.channel(alert.target);
    const broker = brokers.find(({ access }) => access.id === channel?.value.broker);
    if (!channel || !broker) continue;
    const measured = measure(graph, channel, broker, alert);
    if (measured === undefined) {
      problems.push(
        unsupported(
          addressOf('alerts', id),
          `${alert.metric} cannot be measured at ${channel.id}: ${whyNot(channel)}`,
          'Watch the queue that keeps the messages, or the age of the oldest.',
        ),
      );
      continue;
    }
    watched.add(`${topic(alert)} ${channel.id}`);
    rules.push(toRule(graph, id, alert, channel, measured));
  }
  return { rules, watched, problems };
}

interface Measured {
  /** True while the alert's condition holds. */
  readonly expression: Expression;
  readonly condition: string;
}

function measure(graph: Graph, channel: Channel, broker: PlannedBroker, alert: Alert): Measured | undefined {
  const { metric, kind = 'level' } = alert;
  const name = nameOf(channel);
  if (metric === 'unroutable') {
    const unroutable = unroutableAt(graph, channel, broker);
    return unroutable === undefined ? undefined : above(unroutable, limitOf(alert, none), '');
  }
  if (channel.section !== 'queues' && channel.section !== 'streams') return undefined;
  if (metric === 'age') return age(graph, channel, broker, alert);
  const { backlog, deadLetters, timeToLoss } = broker.monitoring;
  if (kind === 'timeToRetention') {
    const left = timeToLoss(name);
    if (left !== undefined) return below(left, limitOf(alert, lossThreshold(graph, channel)));
  }
  const depth = metric === 'dlq-depth' ? deadLetters(name) : backlog(name);
  if (depth === undefined) return undefined;
  if (kind === 'timeToRetention')
    return above(growth(depth), none, 'messages a second, since the channel has no limit to run into');
  if (kind === 'derivative') return above(growth(depth), limitOf(alert, none), 'messages a second');
  if (metric === 'dlq-depth') return above(depth, limitOf(alert, none), 'dead letters');
  return above(depth, limitOf(alert, backlogThreshold(graph, channel)), 'messages');
}

const none: Decision<number> = { value: 0, reason: '0' };

const above = (expression: Expression, limit: Decision<number>, unit: string): Measured => ({
  expression: `${expression} > ${limit.value}`,
  condition: `above ${limit.reason} ${unit}`.trim(),
});

const below = (expression: Expression, limit: Decision<number>): Measured => ({
  expression: `${expression} < ${limit.value}`,
  condition: `less than ${limit.reason}, until messages are lost`,
});

/** Age of the oldest message that a consumer has in hand, which is the head of the channel while it is worked on. */
function age(graph: Graph, channel: Channel, broker: PlannedBroker, alert: Alert): Measured | undefined {
  const name = nameOf(channel);
  const consumers = consumersReading(broker, name);
  const limit = limitOf(alert, ageThreshold(graph, channel, consumers));
  const labels = { broker: broker.access.id, channel: name };
  const oldest = `max(${series('messaging_oldest_delivery_age_seconds', labels)})`;
  if (consumers.length > 0) return above(oldest, limit, 'since the event');
  // Nobody takes messages out here: one that lies there for so long is that old at least.
  const backlog = broker.monitoring.backlog(name);
  if (backlog === undefined) return undefined;
  const always = `min_over_time((${backlog})[${Math.max(1, limit.value)}s:1m])`;
  return above(always, none, `for ${limit.reason}`);
}

/** What no binding of an exchange matched: sends that came back, or what its alternate exchange has collected. */
function unroutableAt(graph: Graph, channel: Channel, broker: PlannedBroker): Expression | undefined {
  if (channel.section !== 'exchanges') return broker.monitoring.backlog(nameOf(channel));
  const labels = { broker: broker.access.id, destination: nameOf(channel), outcome: 'unroutable' };
  const returned = `sum(${increase(series('messaging_sends_total', labels), '5m')})`;
  const parked = graph
    .bindingsFrom(channel.value.alternateExchange ?? '')
    .flatMap(({ value }) => graph.channel(value.destination) ?? [])
    .filter(({ section }) => section === 'queues')
    .flatMap((queue) => broker.monitoring.backlog(nameOf(queue)) ?? []);
  return `(${[returned, ...parked].map((part) => `(${part} or vector(0))`).join(' + ')})`;
}

/** The alert's own threshold in messages, messages a second or seconds, or else the computed one. */
function limitOf({ threshold }: Alert, computed: Decision<number>): Decision<number> {
  if (threshold === undefined) return computed;
  const seconds = parseDuration(String(threshold));
  const value = seconds === undefined ? (parseRate(String(threshold)) ?? Number(threshold)) : seconds / 1_000;
  return { value, reason: String(threshold) };
}

function toRule(
  graph: Graph,
  id: string,
  alert: Alert,
  channel: Channel,
  { expression, condition }: Measured,
): AlertRule {
  const forMs = parseDuration(alert.for ?? '') ?? 5 * 60_000;
  return {
    name: id,
    expression,
    forMs,
    severity: 'critical',
    about: aboutChannel(channel),
    owner: alert.owner === undefined ? ownerOf(graph, channel) : verbatim(alert.owner),
    summary: said`${channel.id}: ${alert.metric} is ${condition}.`,
    description: said`The alert ${id} of the design.`,
    runbook: verbatim(alert.runbook ?? runbookFor(topic(alert), nameOf(channel))),
  };
}

export const aboutChannel = ({ id, value }: Channel): AlertRule['about'] => ({
  broker: verbatim(value.broker),
  channel: verbatim(id),
});

/** The team of the service that consumes a channel. */
export function ownerOf(graph: Graph, channel: Channel): Said | undefined {
  const owners = graph
    .consumersOf(channel.id)
    .map((consumer) => graph.design.services.get(graph.serviceOf(consumer))?.owner);
  const owner = owners.find((team) => team !== undefined);
  return owner === undefined ? undefined : verbatim(owner);
}

const topics = {
  depth: 'backlog',
  lag: 'backlog',
  pel: 'backlog',
  age: 'age',
  'iterator-age': 'age',
  'dlq-depth': 'deadLetters',
  unroutable: 'unroutable',
} as const satisfies Record<Alert['metric'], keyof typeof runbooks>;

const topic = ({ metric, kind = 'level' }: Alert) =>
  topics[metric] === 'backlog' && kind !== 'level' ? 'growth' : topics[metric];

const whyNot = ({ section }: Channel): string =>
  section === 'exchanges'
    ? 'an exchange keeps no messages.'
    : section === 'streams'
      ? 'its broker does not know how far its readers are.'
      : 'it hands messages on.';
