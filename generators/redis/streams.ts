import { addressOf, type ElementAddress, type ElementOf } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import type { Context } from '../context.ts';
import { unsupported } from '../kit/problems.ts';
import { type GroupPlan, PARTITIONS, type RedisConsumerPlan } from './consumer.ts';

type Stream = ElementOf<'streams'>;
type Trim = { readonly maxLen: number; readonly evict?: true } | { readonly acknowledged: true };

/** A stream as it is declared, in the words of the messaging library. */
export interface StreamPlan {
  readonly name: string;
  readonly partitions: number;
  readonly trim?: Trim;
  readonly groups: readonly GroupPlan[];
  /** Why the settings are as they are, one sentence each. */
  readonly reasons: readonly string[];
}

/** All streams of a broker: those of the design, and those that retries and dead letters of its consumers imply. */
export function planStreams(
  { graph }: Context,
  broker: string,
  consumers: readonly RedisConsumerPlan[],
): Result<readonly StreamPlan[]> {
  const problems: Problem[] = [];
  const plans: StreamPlan[] = [];
  const kept = new Set(
    [...graph.design.consumers].map(([id, value]) => graph.deadLetterOf({ id, value })?.target),
  );
  for (const [id, stream] of graph.design.streams) {
    if (stream.broker !== broker) continue;
    const origin = graph.origins.get(addressOf('streams', id));
    const name = stream.name ?? id;
    const isRetry = consumers.some(({ plan }) => plan.retryTopic === name);
    if (!origin) problems.push(...contradictions(addressOf('streams', id), stream, kept.has(id)));
    plans.push({
      name,
      partitions: stream.partitions ?? (isRetry || kept.has(id) ? 1 : PARTITIONS),
      ...trimOf(stream, isRetry),
      groups: consumers.flatMap(({ plan, group }) => {
        if (plan.topic === name) return [group];
        // What waits there has failed after the group began, wherever that was.
        return plan.retryTopic === name ? [{ ...group, startFrom: 'earliest' as const }] : [];
      }),
      reasons: reasonsOf(stream, isRetry, kept.has(id)),
    });
  }
  plans.sort((a, b) => (a.name < b.name ? -1 : 1));
  return problems.length > 0 ? fail(problems) : ok(plans);
}

function trimOf({ maxLen, minId, trimMode }: Stream, isRetry: boolean): { readonly trim?: Trim } {
  if (maxLen !== undefined) return { trim: { maxLen, ...(trimMode === 'KEEPREF' ? { evict: true } : {}) } };
  return minId === 'acknowledged' || isRetry ? { trim: { acknowledged: true } } : {};
}

function reasonsOf(
  { partitions, maxLen, minId, trimMode }: Stream,
  isRetry: boolean,
  isKept: boolean,
): string[] {
  const trimmed =
    maxLen === undefined
      ? minId === 'acknowledged' || isRetry
        ? 'Entries are removed once every group has acknowledged them.'
        : isKept
          ? 'Nothing is removed but what is replayed or dropped.'
          : 'Nothing is ever removed: the stream grows until the memory is full.'
      : trimMode === 'KEEPREF'
        ? 'The oldest are removed beyond the limit, read or not, as the design says.'
        : 'Beyond the limit the oldest are removed, but never what a group has still to read or to acknowledge.';
  return [
    ...(isRetry ? ['Takes what its consumer tries again, and the replays of its dead letters.'] : []),
    ...(isKept ? ['Keeps what a consumer could not process.'] : []),
    ...(partitions === undefined && !isRetry && !isKept
      ? ['Partitions: room to grow, since more partitions move keys.']
      : []),
    trimmed,
  ];
}

function contradictions(
  at: ElementAddress,
  { maxLen, minId, trimMode, retention, retentionBytes }: Stream,
  isKept: boolean,
): Problem[] {
  const refuse = (applies: boolean, message: string, hint: string): Problem[] =>
    applies ? [unsupported(at, message, hint)] : [];
  return [
    ...refuse(
      minId !== undefined && minId !== 'acknowledged',
      'a fixed oldest id is not generated: it would have to move with time.',
      'Write minId: acknowledged, or maxLen.',
    ),
    ...refuse(
      minId !== undefined && maxLen !== undefined,
      'minId and maxLen contradict each other.',
      'Keep one of them.',
    ),
    ...refuse(
      trimMode === 'DELREF',
      'trimMode: DELREF would take entries away from groups that are at work on them.',
      'Write ACKED, which keeps them, or leave trimMode out.',
    ),
    ...refuse(
      retention !== undefined || retentionBytes !== undefined,
      'Redis keeps entries by number, not by time or size.',
      'Give maxLen instead.',
    ),
    ...refuse(
      isKept && (maxLen !== undefined || minId !== undefined),
      'trimming would remove dead letters that nobody has looked at.',
      'Leave maxLen and minId out.',
    ),
  ];
}
