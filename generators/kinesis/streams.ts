import { addressOf, type ElementAddress, type ElementOf } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration, parseSize } from '../../core/units.ts';
import type { Context } from '../context.ts';
import { unsupported } from '../kit/problems.ts';

type Stream = ElementOf<'streams'>;

/** A stream as it is declared, in the words of the messaging library. */
export interface StreamPlan {
  readonly name: string;
  /** Shards; of a stream on demand those of the emulator, which counts none by itself. */
  readonly partitions: number;
  readonly onDemand?: true;
  readonly retentionHours: number;
  readonly maxRecordKiB?: number;
  /** Why the settings are as they are, one sentence each. */
  readonly reasons: readonly string[];
}

/** What Kinesis starts a stream on demand with. https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
const SHARDS_ON_DEMAND = 4;
/** What rules and drawings take for granted as well. */
const SHARDS = 6;
const HOUR = 3_600_000;
const KIB = 1_024;
/** https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html */
const SHORTEST_HOURS = 24;
const LONGEST_HOURS = 8_760;
/** https://docs.aws.amazon.com/streams/latest/dev/large-records.html */
const DEFAULT_RECORD_KIB = 1_024;
const LARGEST_RECORD_KIB = 10_240;

const isOnDemand = ({ mode = 'on-demand' }: Stream): boolean => mode === 'on-demand';

/** `undefined` where Kinesis counts them by itself. */
export const shardsOf = (stream: Stream): number | undefined =>
  isOnDemand(stream) ? undefined : (stream.partitions ?? SHARDS);

/** All streams of a broker: those of the design, and those that retries and dead letters of its consumers imply. */
export function planStreams({ graph }: Context, broker: string): Result<readonly StreamPlan[]> {
  const problems: Problem[] = [];
  const plans: StreamPlan[] = [];
  const kept = new Set(
    [...graph.design.consumers].map(([id, value]) => graph.deadLetterOf({ id, value })?.target),
  );
  for (const [id, stream] of graph.design.streams) {
    if (stream.broker !== broker) continue;
    const origin = graph.origins.get(addressOf('streams', id));
    problems.push(...contradictions(origin?.address ?? addressOf('streams', id), stream));
    const isRetry = origin?.field === 'retry' || origin?.role === 'replay';
    plans.push(
      planStream(stream.name ?? id, stream, isRetry ? 'retry' : kept.has(id) ? 'dead-letter' : undefined),
    );
  }
  plans.sort((a, b) => (a.name < b.name ? -1 : 1));
  return problems.length > 0 ? fail(problems) : ok(plans);
}

const hoursOf = ({ retention }: Stream): number =>
  Math.ceil((parseDuration(retention ?? '') ?? SHORTEST_HOURS * HOUR) / HOUR);

const recordKiBOf = ({ maxRecordSize }: Stream): number =>
  Math.ceil((parseSize(maxRecordSize ?? '') ?? DEFAULT_RECORD_KIB * KIB) / KIB);

function planStream(name: string, stream: Stream, role: 'retry' | 'dead-letter' | undefined): StreamPlan {
  const onDemand = isOnDemand(stream);
  const record = recordKiBOf(stream);
  return {
    name,
    partitions: onDemand ? SHARDS_ON_DEMAND : (shardsOf(stream) ?? SHARDS),
    ...(onDemand ? { onDemand } : {}),
    retentionHours: hoursOf(stream),
    ...(record === DEFAULT_RECORD_KIB ? {} : { maxRecordKiB: record }),
    reasons: [
      ...(role === 'retry'
        ? [
            'Takes what its consumer tries again, and the replays of its dead letters; no other consumer reads it.',
          ]
        : []),
      ...(role === 'dead-letter'
        ? ['Keeps what a consumer could not process, until it is replayed or expires.']
        : []),
      onDemand
        ? 'On demand: Kinesis adds shards as the traffic grows.'
        : stream.partitions === undefined
          ? 'Shards: room to grow; each takes 1 MiB and 1,000 records a second.'
          : 'Each shard takes 1 MiB and 1,000 records a second.',
      ...(stream.retention === undefined ? ['Retention: the default of Kinesis.'] : []),
    ],
  };
}

/** Settings that Kinesis would refuse. */
function contradictions(at: ElementAddress, stream: Stream): Problem[] {
  const refuse = (applies: boolean, message: string, hint: string): Problem[] =>
    applies ? [unsupported(at, message, hint)] : [];
  const hours = hoursOf(stream);
  return [
    ...refuse(
      hours < SHORTEST_HOURS || hours > LONGEST_HOURS,
      `Kinesis keeps records for a day at least and 365 days at most, not for ${stream.retention}.`,
      'Give a retention from 24h to 365d.',
    ),
    ...refuse(
      recordKiBOf(stream) < DEFAULT_RECORD_KIB || recordKiBOf(stream) > LARGEST_RECORD_KIB,
      `the largest record is 1MiB to 10MiB, not ${stream.maxRecordSize}.`,
      'Give a maxRecordSize from 1MiB to 10MiB, or leave it out.',
    ),
  ];
}
