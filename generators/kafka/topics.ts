import { addressOf, type ElementAddress, type ElementOf } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { formatDuration, parseDuration, parseSize } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { TopicConsumerPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { TopicNames } from './names.ts';

type Stream = ElementOf<'streams'>;

/** A topic as it is created. The configuration is in the words of https://kafka.apache.org/documentation/#topicconfigs */
export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
  /** Why the settings are as they are, one sentence each. */
  readonly reasons: readonly string[];
}

/** Room to grow: a key moves to another partition when partitions are added, so the first number has to last. */
const PARTITIONS = 6;
const DAY = 86_400_000;

/** All topics of a broker: those of the design, and those that retries and dead letters of its consumers imply. */
export function planTopics(context: Context, broker: string): Result<readonly TopicPlan[]> {
  const { graph } = context;
  const problems: Problem[] = [];
  const plans: TopicPlan[] = [];
  const kept = new Set(
    [...graph.design.consumers].map(([id, value]) => graph.deadLetterOf({ id, value })?.target),
  );
  for (const [id, stream] of graph.design.streams) {
    if (stream.broker !== broker) continue;
    const origin = graph.origins.get(addressOf('streams', id));
    const at = origin?.address ?? addressOf('streams', id);
    const found = contradictions(context, at, stream, kept.has(id));
    // What is wrong with a topic that the shorthand implies is wrong with the one it takes its settings from.
    if (!origin) problems.push(...found);
    const role =
      origin?.field === 'retry' || origin?.role === 'replay'
        ? 'retry'
        : kept.has(id)
          ? 'dead-letter'
          : undefined;
    plans.push(planTopic(context, stream.name ?? id, stream, role));
  }
  plans.sort((a, b) => (a.name < b.name ? -1 : 1));
  return problems.length > 0 ? fail(problems) : ok(plans);
}

/**
 * The topics in which records wait for their next attempt, one for each delay of a consumer that has several: with the
 * settings of its retry topic, which is then for replays alone.
 */
export function planTiers(
  topics: readonly TopicPlan[],
  consumers: readonly TopicConsumerPlan[],
): Result<readonly TopicPlan[]> {
  const problems: Problem[] = [];
  const names = new TopicNames(topics.map(({ name }) => name));
  const tiers = consumers.flatMap(({ id, retryTopic, retry }) =>
    retry.value.tiers.flatMap(({ topic: name, delayMs }) => {
      const model = topics.find((topic) => topic.name === retryTopic);
      if (name === retryTopic || model === undefined) return [];
      problems.push(...names.add(addressOf('consumers', id), name, `the retries of ${id}`));
      const delay = formatDuration(delayMs);
      return [{ ...model, name, reasons: [`Takes what ${id} tries again after ${delay}.`] }];
    }),
  );
  if (problems.length > 0) return fail(problems);
  return ok([...topics, ...tiers].sort((a, b) => (a.name < b.name ? -1 : 1)));
}

function planTopic(
  { design }: Context,
  name: string,
  stream: Stream,
  role: 'retry' | 'dead-letter' | undefined,
): TopicPlan {
  const local = (design.design.environment ?? 'local') === 'local';
  const replication = stream.replication ?? (local ? 1 : 3);
  const minInsync = stream.minInsync ?? Math.min(2, replication);
  const cleanup = stream.cleanup ?? 'delete';
  const bytes = parseSize(stream.retentionBytes ?? '');
  const batch = parseSize(stream.maxMessageBytes ?? '');
  const tombstones = parseDuration(stream.deleteRetention ?? '');
  const keep = parseDuration(stream.retention ?? '') ?? 7 * DAY;
  return {
    name,
    partitions: stream.partitions ?? PARTITIONS,
    replicationFactor: replication,
    configs: {
      'cleanup.policy': cleanup === 'both' ? 'compact,delete' : cleanup,
      ...(cleanup === 'compact' ? {} : { 'retention.ms': String(Math.round(keep)) }),
      ...(bytes === undefined ? {} : { 'retention.bytes': String(Math.round(bytes)) }),
      ...(tombstones === undefined ? {} : { 'delete.retention.ms': String(Math.round(tombstones)) }),
      ...(batch === undefined ? {} : { 'max.message.bytes': String(Math.round(batch)) }),
      'min.insync.replicas': String(minInsync),
      'unclean.leader.election.enable': String(stream.uncleanLeaderElection ?? false),
    },
    reasons: [
      ...(role === 'retry'
        ? [
            'Takes what its consumer tries again, and the replays of its dead letters; no other consumer reads it.',
          ]
        : []),
      ...(role === 'dead-letter'
        ? ['Keeps what a consumer could not process, until it is replayed or expires.']
        : []),
      ...(stream.partitions === undefined
        ? ['Partitions: room to grow, since more partitions move keys.']
        : []),
      ...(stream.replication === undefined
        ? [
            local
              ? 'One copy, since the design is for one machine.'
              : 'Three copies: one node may fail while another is down for maintenance.',
          ]
        : []),
      minInsync === 1
        ? 'The leader alone confirms a record: its loss may lose confirmed records.'
        : `A record is confirmed once ${minInsync} copies have it.`,
      ...(stream.retention === undefined && cleanup !== 'compact'
        ? ['Retention: the default of Kafka.']
        : []),
      ...(stream.uncleanLeaderElection
        ? ['A copy that lags may become leader, as the design says: that loses confirmed records.']
        : []),
      ...(cleanup === 'delete'
        ? []
        : ['Compacted: of each key only the last record is sure to stay. The library sends no tombstones.']),
    ],
  };
}

/** Settings that Kafka would refuse, or whose combination does not do what it says. */
function contradictions(
  { graph }: Context,
  at: ElementAddress,
  stream: Stream,
  keepsDeadLetters: boolean,
): Problem[] {
  const refuse = (message: string, hint: string): Problem => unsupported(at, message, hint);
  const nodes = graph.design.brokers.get(stream.broker)?.nodes;
  const { replication, minInsync, cleanup = 'delete' } = stream;
  return [
    ...(replication !== undefined && nodes !== undefined && replication > nodes
      ? [
          refuse(
            `${replication} copies do not fit on ${nodes} nodes.`,
            'Lower replication, or raise nodes of the broker.',
          ),
        ]
      : []),
    ...(replication !== undefined && minInsync !== undefined && minInsync > replication
      ? [
          refuse(
            `no record could ever be confirmed: minInsync asks for ${minInsync} of ${replication} copies.`,
            'Give minInsync one less than replication.',
          ),
        ]
      : []),
    ...(cleanup === 'compact' && (stream.retention !== undefined || stream.retentionBytes !== undefined)
      ? [
          refuse(
            'a topic that is only compacted has no retention.',
            'Write cleanup: both to delete old records as well, or leave the retention out.',
          ),
        ]
      : []),
    ...(cleanup === 'delete' && stream.deleteRetention !== undefined
      ? [refuse('deleteRetention is for compacted topics.', 'Leave it out, or write cleanup: compact.')]
      : []),
    ...(cleanup !== 'delete' && keepsDeadLetters
      ? [refuse('compaction would delete dead letters of the same key.', 'Write cleanup: delete.')]
      : []),
  ];
}
