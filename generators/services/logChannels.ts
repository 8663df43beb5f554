import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { retryChannelId } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Context, nameOf } from '../context.ts';
import type { Decision } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';

/** Words of one broker. */
interface DeadLetterWords {
  /** Such as `has no dead-letter topic, so …`. */
  readonly missing: string;
  /** Why a copy there is safe. */
  readonly reason: string;
}

/** The channel of a consumer's dead letters, which has to be on the broker that the consumer reads. */
export const logDeadLetters =
  ({ missing, reason }: DeadLetterWords) =>
  (
    { graph }: Context,
    consumer: Named<Consumer>,
    broker: string,
  ): Result<Decision<{ readonly topic: string }>> => {
    const at = addressOf('consumers', consumer.id);
    const deadLetter = graph.deadLetterOf(consumer);
    if (!deadLetter) return fail([unresolved(at, missing, `Write deadLetter: true at ${at}.`)]);
    const channel = graph.channel(deadLetter.target);
    if (channel?.section !== 'streams' || channel.value.broker !== broker)
      return fail([
        unresolved(
          at,
          `its dead letters go to ${deadLetter.exchange ?? deadLetter.target}, which is no stream of the broker ${broker}.`,
          'Write deadLetter: true, or name a stream of that broker.',
        ),
      ]);
    return ok({ value: { topic: nameOf(channel) }, reason });
  };

/**
 * The channel for a consumer's retries and replays. The derived design has it for every consumer with dead letters, unless
 * the author uses its name for another thing.
 */
export function logRetryChannel(
  { graph }: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<string> {
  const id = retryChannelId(consumer.id, consumer.value);
  const channel = graph.channel(id);
  if (channel?.section === 'streams' && channel.value.broker === broker) return ok(nameOf(channel));
  // Without dead letters there is no such channel, and that is said already.
  if (!channel && !graph.deadLetterOf(consumer)) return ok(id);
  return fail([
    unsupported(
      addressOf('consumers', consumer.id),
      `${id} has to be a stream of the broker ${broker}: the one for its retries and replays.`,
      'Give the other channel of that name another one.',
    ),
  ]);
}
