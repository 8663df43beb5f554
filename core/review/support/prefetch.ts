import type { Broker, Consumer } from '../../design/design.ts';
import { durationOf } from './work.ts';

/** Where RabbitMQ sees no further gain: https://www.rabbitmq.com/docs/confirms#channel-qos-prefetch-throughput */
const MOST = 300;
const ROUND_TRIP = 5;

/**
 * Messages that keep all handlers of an instance busy: ⌈(round trip + processing) / processing⌉ for each of them.
 * `undefined` where the processing time is not stated.
 * https://www.rabbitmq.com/blog/2012/05/11/some-queuing-theory-throughput-latency-and-bandwidth
 */
export function busyPrefetch(consumer: Consumer, broker: Broker): number | undefined {
  const processing = durationOf(consumer.processing?.p50 ?? consumer.processing?.p99);
  if (!processing) return undefined;
  const perHandler = Math.ceil((roundTripOf(broker) + processing) / processing);
  return Math.min(MOST, perHandler * (consumer.concurrency ?? 1));
}

/** Milliseconds between a delivery and the arrival of its acknowledgement, besides the processing. */
export const roundTripOf = ({ roundTrip }: Broker): number => durationOf(roundTrip) ?? ROUND_TRIP;
