/**
 * Every metric of the library, by the conventions of https://prometheus.io/docs/practices/naming/. All carry `service`
 * besides. Labels are names of the design or from fixed lists, never ids, so that the number of series is bounded.
 */

import type { MessagingError } from '../errors.ts';
import type { DeliveryOutcome } from './telemetry.ts';

type MetricType = 'counter' | 'gauge' | 'histogram';

export interface MetricDefinition {
  readonly name: `messaging_${string}`;
  readonly type: MetricType;
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets, in seconds. */
  readonly buckets?: readonly number[];
}

const producer = ['broker', 'producer', 'destination'] as const;
const consumer = ['broker', 'consumer', 'channel'] as const;

/** From a broker on the same machine to the default deadline of a send. */
const sendBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const handlerBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
/** From live traffic to a backlog of days. */
const ageBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 604_800];

export const metrics = {
  sends: {
    name: 'messaging_sends_total',
    type: 'counter',
    help: 'Sends that have settled, by outcome.',
    labels: [...producer, 'outcome'],
  },
  sendAttempts: {
    name: 'messaging_send_attempts_total',
    type: 'counter',
    help: 'Times a message was handed to the broker; more than the sends when it refuses or its connection is lost.',
    labels: producer,
  },
  sendDuration: {
    name: 'messaging_send_duration_seconds',
    type: 'histogram',
    help: 'Time from the call to the confirmation, of confirmed sends.',
    labels: producer,
    buckets: sendBuckets,
  },
  unsettled: {
    name: 'messaging_sends_unsettled',
    type: 'gauge',
    help: 'Sends that have neither been confirmed nor failed.',
    labels: producer,
  },
  deliveries: {
    name: 'messaging_deliveries_total',
    type: 'counter',
    help: 'Deliveries seen through, by outcome. Ignored: of a type that is for others. Returned: not settled here, the broker gives it out again.',
    labels: [...consumer, 'outcome'],
  },
  handlerDuration: {
    name: 'messaging_handler_duration_seconds',
    type: 'histogram',
    help: 'Time that the handler took.',
    labels: [...consumer, 'result'],
    buckets: handlerBuckets,
  },
  messageAge: {
    name: 'messaging_message_age_seconds',
    type: 'histogram',
    help: 'Time from the event to its delivery, waits in delay queues included.',
    labels: consumer,
    buckets: ageBuckets,
  },
  inFlight: {
    name: 'messaging_deliveries_in_flight',
    type: 'gauge',
    help: 'Deliveries taken from the broker and not yet seen through.',
    labels: consumer,
  },
  oldestInFlight: {
    name: 'messaging_oldest_delivery_age_seconds',
    type: 'gauge',
    help: 'Time since the event of the oldest delivery in flight; 0 when there is none.',
    labels: consumer,
  },
  deadLetters: {
    name: 'messaging_dead_letters_total',
    type: 'counter',
    help: 'Dead-letter copies that the broker has confirmed, by reason.',
    labels: [...consumer, 'reason'],
  },
  storeErrors: {
    name: 'messaging_store_errors_total',
    type: 'counter',
    help: 'Steps that the idempotency store has not taken.',
    labels: consumer,
  },
  copyErrors: {
    name: 'messaging_copy_errors_total',
    type: 'counter',
    help: 'Retry or dead-letter copies that could not be published; the original is kept.',
    labels: consumer,
  },
  backlog: {
    name: 'messaging_backlog_messages',
    type: 'gauge',
    help: 'Messages that wait in the queue, or records that the group has still to read; absent when the broker does not say.',
    labels: consumer,
  },
  backlogAge: {
    name: 'messaging_backlog_oldest_age_seconds',
    type: 'gauge',
    help: 'Age of the oldest of them, where the broker says.',
    labels: consumer,
  },
  connected: {
    name: 'messaging_broker_connected',
    type: 'gauge',
    help: '1 while the broker is connected, else 0.',
    labels: ['broker'],
  },
  ready: {
    name: 'messaging_ready',
    type: 'gauge',
    help: '1 while /ready answers 200, else 0.',
    labels: [],
  },
  build: {
    name: 'messaging_build_info',
    type: 'gauge',
    help: 'Always 1; the labels say what runs.',
    labels: ['version', 'node'],
  },
} as const satisfies Record<string, MetricDefinition>;

/** What became of a send: confirmed, or the code of the error it failed with. */
export const sendOutcomes = [
  'confirmed',
  'invalid_message',
  'message_too_large',
  'unroutable',
  'send_timeout',
  'order_held',
  'topology',
  'closed',
  'other',
] as const;

export type SendOutcome = (typeof sendOutcomes)[number];

export function outcomeOf(error: MessagingError | undefined): SendOutcome {
  const name = error?.code.slice('LOOM_'.length).toLowerCase();
  return sendOutcomes.find((outcome) => outcome === name) ?? 'other';
}

export const deliveryOutcomes = [
  'handled',
  'duplicate',
  'retried',
  'ignored',
  'dead-lettered',
  'returned',
] as const satisfies readonly DeliveryOutcome[];
