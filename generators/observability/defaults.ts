import type { Channel } from '../../core/design/design.ts';
import type { PlannedBroker } from '../broker.ts';
import { type Context, nameOf } from '../context.ts';
import type { ConsumerPlan } from '../endpoint.ts';
import { aboutChannel, ownerOf, type Watched } from './alerts.ts';
import { consumersReading } from './channels.ts';
import type { AlertRule } from './monitoring.ts';
import { growth, increase, series } from './promql.ts';
import { runbookFor, runbooks } from './runbooks.ts';
import { label, type Said, said, verbatim } from './said.ts';
import { ageThreshold, backlogThreshold } from './thresholds.ts';

const MINUTE = 60_000;

export interface WatchedService {
  readonly id: string;
  readonly owner: string | undefined;
}

/** Alerts that every system needs, where the design has none of its own for the same thing. */
export function defaultAlerts(
  { design, graph }: Context,
  brokers: readonly PlannedBroker[],
  services: readonly WatchedService[],
  watched: Watched,
): readonly AlertRule[] {
  const channels = [...graph.channels()].filter(
    ({ section }) => section === 'queues' || section === 'streams',
  );
  const kept = new Set([...design.consumers].map(([id, value]) => graph.deadLetterOf({ id, value })?.target));
  return brokers
    .flatMap((broker) => [
      ...broker.monitoring.rules,
      ...channels
        .filter(({ value }) => value.broker === broker.access.id)
        .flatMap((channel) => {
          const consumers = consumersReading(broker, nameOf(channel));
          const subject: Subject = { context: { design, graph }, broker, channel, consumers };
          return [
            ...(consumers.length > 0 ? consumedRules(subject, watched) : []),
            ...(kept.has(channel.id) && !watched.has(`deadLetters ${channel.id}`)
              ? deadLetterRules(subject)
              : []),
          ];
        }),
    ])
    .concat(services.map(notReady), libraryRules);
}

interface Subject {
  readonly context: Pick<Context, 'design' | 'graph'>;
  readonly broker: PlannedBroker;
  readonly channel: Channel;
  readonly consumers: readonly ConsumerPlan[];
}

type TopicRule = AlertRule & { readonly topic: string };

function consumedRules(
  { context: { graph }, broker, channel, consumers }: Subject,
  watched: Watched,
): AlertRule[] {
  const name = nameOf(channel);
  const { backlog, attached } = broker.monitoring;
  const shared = { owner: ownerOf(graph, channel), about: aboutChannel(channel) };
  const level = backlogThreshold(graph, channel);
  const age = ageThreshold(graph, channel, consumers);
  const labels = { broker: broker.access.id, channel: name };
  const waiting = backlog(name);
  const backlogRules: TopicRule[] =
    waiting === undefined
      ? []
      : [
          {
            ...shared,
            topic: 'backlog',
            name: 'Backlog',
            expression: `${waiting} > ${level.value}`,
            forMs: 5 * MINUTE,
            severity: 'warning',
            summary: said`${channel.id} has a backlog.`,
            description: said`For five minutes more messages than usual have waited: ${level.reason}.`,
            runbook: verbatim(runbooks.backlog),
          },
          {
            ...shared,
            topic: 'growth',
            name: 'BacklogGrows',
            expression: `${growth(waiting)} > 0 and min_over_time((${waiting})[10m:1m]) > 0`,
            forMs: 10 * MINUTE,
            severity: 'warning',
            summary: said`${channel.id} grows.`,
            description: said`It has not been empty for ten minutes and gets longer: more arrives than is handled.`,
            runbook: verbatim(runbooks.growth),
          },
        ];
  const rules: TopicRule[] = [
    ...backlogRules,
    {
      ...shared,
      topic: 'age',
      name: 'MessagesOld',
      expression: `max(${series('messaging_oldest_delivery_age_seconds', labels)}) > ${age.value}`,
      forMs: 5 * MINUTE,
      severity: 'warning',
      summary: said`Messages of ${channel.id} are late.`,
      description: said`The oldest message at work is older than ${age.reason}.`,
      runbook: verbatim(runbooks.age),
    },
  ];
  const wanted = rules
    .filter(({ topic }) => !watched.has(`${topic} ${channel.id}`))
    .map(({ topic: _, ...rule }) => rule);
  if (attached === undefined) return wanted;
  return [
    ...wanted,
    {
      ...shared,
      name: 'NoConsumer',
      expression: `${attached(name)} == 0`,
      forMs: 5 * MINUTE,
      severity: 'critical',
      summary: said`Nobody consumes ${channel.id}.`,
      description: said`No consumer is attached to the queue, so its messages wait.`,
      runbook: verbatim(runbooks.noConsumer),
    },
  ];
}

function deadLetterRules({ context: { graph }, broker, channel }: Subject): AlertRule[] {
  const letters = broker.monitoring.deadLetters(nameOf(channel));
  if (letters === undefined) return [];
  return [
    {
      name: 'DeadLetters',
      expression: `${letters} > 0`,
      forMs: 5 * MINUTE,
      severity: 'warning',
      owner: deadLetterOwner(graph, channel),
      about: aboutChannel(channel),
      summary: said`There are dead letters in ${channel.id}.`,
      description: said`Messages could not be handled and wait for a person.`,
      runbook: verbatim(runbookFor('deadLetters', nameOf(channel))),
    },
  ];
}

/** Whom the design names for these dead letters, or else the team whose consumer gave up. */
function deadLetterOwner(graph: Context['graph'], channel: Channel): Said | undefined {
  const from = [...graph.design.consumers]
    .map(([id, value]) => ({ id, value }))
    .filter((consumer) => graph.deadLetterOf(consumer)?.target === channel.id);
  const named = from.map((consumer) => graph.deadLetterOf(consumer)?.shape.owner);
  const teams = from.map((consumer) => graph.design.services.get(graph.serviceOf(consumer))?.owner);
  const owner = [...named, ...teams].find((one) => one !== undefined);
  return owner === undefined ? undefined : verbatim(owner);
}

const notReady = ({ id, owner }: WatchedService): AlertRule => ({
  name: 'ServiceNotReady',
  expression: `absent(${series('messaging_ready', { service: id })} == 1)`,
  forMs: 5 * MINUTE,
  severity: 'critical',
  owner: owner === undefined ? undefined : verbatim(owner),
  about: { service: verbatim(id) },
  summary: said`No instance of ${id} is ready.`,
  description: said`None answers, or each of them lacks a broker or its store.`,
  runbook: verbatim(runbooks.notReady),
});

/** One rule for all services: the labels of the series say which one. */
const libraryRules: readonly AlertRule[] = [
  {
    name: 'BrokerDisconnected',
    expression: `${series('messaging_broker_connected')} == 0`,
    forMs: 2 * MINUTE,
    severity: 'critical',
    owner: undefined,
    about: {},
    summary: said`${label.service} is not connected to ${label.broker}.`,
    description: said`An instance has been without its broker for two minutes.`,
    runbook: verbatim(runbooks.disconnected),
  },
  {
    name: 'SendsFail',
    expression: `sum by (service, producer, outcome) (${increase(series('messaging_sends_total', { outcome: { not: ['confirmed', 'closed'] } }), '5m')}) > 0`,
    forMs: 0,
    severity: 'critical',
    owner: undefined,
    about: {},
    summary: said`Sends of ${label.service}.${label.producer} fail: ${label.outcome}.`,
    description: said`In the last five minutes sends have not been confirmed.`,
    runbook: verbatim(runbooks.sendsFail),
  },
  {
    name: 'StoreFails',
    expression: `sum by (service, consumer) (${increase(series('messaging_store_errors_total'), '5m')}) > 0`,
    forMs: 2 * MINUTE,
    severity: 'critical',
    owner: undefined,
    about: {},
    summary: said`The idempotency store refuses ${label.service}.${label.consumer}.`,
    description: said`Without the store nothing is handled: consumers wait.`,
    runbook: verbatim(runbooks.store),
  },
  {
    name: 'CopiesFail',
    expression: `sum by (service, consumer) (${increase(series('messaging_copy_errors_total'), '5m')}) > 0`,
    forMs: 2 * MINUTE,
    severity: 'critical',
    owner: undefined,
    about: {},
    summary: said`${label.service}.${label.consumer} cannot publish retry or dead-letter copies.`,
    description: said`The originals are kept and hold their places.`,
    runbook: verbatim(runbooks.copies),
  },
];
