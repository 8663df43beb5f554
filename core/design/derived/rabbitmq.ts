import { formatDuration } from '../../units.ts';
import { addressOf, type Consumer, type ElementAddress, type Queue } from '../design.ts';
import {
  type EffectiveRetry,
  isRepeatedInPlace,
  logRetryModeOf,
  retryChannelId,
  retryOf,
  retryTiers,
  tierId,
} from '../policies.ts';
import { implyDeadLetterQueue } from './deadLetters.ts';
import type { Expander, Implied, Origin } from './implied.ts';

/**
 * Dead letters travel through the default exchange, which routes by the name of the queue: the shorthand needs neither
 * a dead-letter exchange nor bindings. https://www.rabbitmq.com/docs/dlx
 */
const settingsOf = ({ broker, type = 'quorum' }: Queue): Queue => ({ broker, type, durable: true });

/** The delay queues of a policy by its delays. */
type Tiers = readonly (readonly [delay: string, queue: Queue])[];
const known = new WeakMap<EffectiveRetry, Map<string, Tiers>>();

/**
 * One delay queue for each tier, the same behind all queues of a broker. Quorum whatever the work queue is: a message
 * that waits must survive the loss of a node like any other.
 */
function tiersOn(broker: string, policy: EffectiveRetry): Tiers {
  const ofPolicy = known.get(policy) ?? new Map<string, Tiers>();
  known.set(policy, ofPolicy);
  let tiers = ofPolicy.get(broker);
  if (!tiers) {
    const settings = { broker, type: 'quorum', role: 'retry', durable: true } as const;
    tiers = retryTiers(policy)
      .map(formatDuration)
      .map((messageTtl) => [messageTtl, { ...settings, messageTtl }]);
    ofPolicy.set(broker, tiers);
  }
  return tiers;
}

function implyTiers(
  from: string,
  broker: string,
  retry: Queue['retry'],
  origin: Origin,
  implied: Implied,
): void {
  const policy = retryOf(implied.design, retry);
  if (!policy || isRepeatedInPlace(implied.design, retry)) return;
  for (const [delay, queue] of tiersOn(broker, policy)) implied.queue(tierId(from, delay), queue, origin);
}

/** A consumer of a stream cannot put a record back: it has a queue of its own for retries and replays. */
function streamConsumer(
  id: string,
  consumer: Consumer,
  broker: string,
  address: ElementAddress,
  implied: Implied,
): void {
  const settings = settingsOf({ broker });
  implyDeadLetterQueue({ address, id, value: consumer.deadLetter }, settings, implied);
  const channel = retryChannelId(id, consumer);
  const retries = logRetryModeOf(implied.design, consumer, implied.isOrdered(id)) === 'retry-topic';
  const origin: Origin = retries
    ? { address, field: 'retry' }
    : { address, field: 'deadLetter', role: 'replay' };
  if (!retries && (consumer.deadLetter ?? false) === false) return;
  implied.queue(channel, { ...settings, role: 'retry' }, origin);
  if (retries) implyTiers(channel.replace(/\.retry$/, ''), broker, consumer.retry, origin, implied);
}

export const rabbitmq: Expander = {
  queue(id, queue, implied) {
    const address = addressOf('queues', id);
    implyDeadLetterQueue({ address, id, value: queue.deadLetter }, settingsOf(queue), implied);
    // A message that waits elsewhere is overtaken.
    if (implied.isOrderedChannel(id)) return;
    implyTiers(id, queue.broker, queue.retry, { address, field: 'retry' }, implied);
  },
  consumer(id, consumer, { id: channel, section, value }, implied) {
    const address = addressOf('consumers', id);
    if (section === 'streams') return streamConsumer(id, consumer, value.broker, address, implied);
    implyDeadLetterQueue({ address, id, value: consumer.deadLetter }, settingsOf(value), implied);
    if (implied.isOrdered(id)) return;
    implyTiers(channel, value.broker, consumer.retry, { address, field: 'retry' }, implied);
  },
};
