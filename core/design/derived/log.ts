import { addressOf, type Consumer, type ElementOf } from '../design.ts';
import { deadLetterOf, logRetryModeOf, retryChannelId } from '../policies.ts';
import type { Expander, Implied, Origin } from './implied.ts';
import { queueExpander } from './queues.ts';

type Stream = ElementOf<'streams'>;

/** How long dead letters stay where the design does not say: as long as SQS can, two weeks of working days. */
const DEAD_LETTER_RETENTION = '14d';

/**
 * A broker with retained logs. A record cannot be put back, so each consumer owns
 * - a dead-letter stream, if `deadLetter` asks for one, and
 * - `<service>.<consumer>.retry`, which takes the records that wait for their next attempt, unless order forbids to
 *   overtake them, and the replays of its dead letters, which other consumers of the log must not see.
 * @param settingsOf what a stream beside `stream` takes over from it; `retention` as the broker understands it
 */
export function logExpander(settingsOf: (stream: Stream, retention?: string) => Stream): Expander {
  const { queue, consumer: queueConsumer } = queueExpander(({ broker }) => ({ broker }));
  return {
    ...(queue && { queue }),
    consumer(id, consumer, source, implied) {
      if (source.section === 'queues') queueConsumer?.(id, consumer, source, implied);
      else implyForLog(id, consumer, source.value, implied);
    },
  };

  function implyForLog(id: string, consumer: Consumer, stream: Stream, implied: Implied): void {
    const address = addressOf('consumers', id);
    const deadLetter = deadLetterOf(id, consumer.deadLetter);
    const retries = logRetryModeOf(implied.design, consumer, implied.isOrdered(id)) === 'retry-topic';
    if (retries || deadLetter) {
      const origin: Origin = retries
        ? { address, field: 'retry' }
        : { address, field: 'deadLetter', role: 'replay' };
      implied.stream(retryChannelId(id, consumer), settingsOf(stream), origin);
    }
    if (deadLetter?.implied && deadLetter.target !== undefined) {
      const retention = deadLetter.shape.retention ?? DEAD_LETTER_RETENTION;
      implied.stream(deadLetter.target, settingsOf(stream, retention), { address, field: 'deadLetter' });
    }
  }
}
