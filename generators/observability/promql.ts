/**
 * The metrics that rules and dashboards may use, and how to name series of them. A metric that nobody exports would make
 * an alert that never fires; tests hold this list against the messaging library and against real brokers.
 */

/** Exported by every service; described in docs/runtime.md. */
export const serviceMetrics = [
  'messaging_backlog_messages',
  'messaging_backlog_oldest_age_seconds',
  'messaging_broker_connected',
  'messaging_copy_errors_total',
  'messaging_dead_letters_total',
  'messaging_deliveries_in_flight',
  'messaging_deliveries_total',
  'messaging_handler_duration_seconds_bucket',
  'messaging_oldest_delivery_age_seconds',
  'messaging_ready',
  'messaging_send_duration_seconds_bucket',
  'messaging_sends_total',
  'messaging_sends_unsettled',
  'messaging_store_errors_total',
] as const;

/** https://www.rabbitmq.com/docs/prometheus#metric-aggregation */
export const rabbitMetrics = [
  'rabbitmq_alarms_free_disk_space_watermark',
  'rabbitmq_alarms_memory_used_watermark',
  'rabbitmq_detailed_queue_consumers',
  'rabbitmq_detailed_queue_messages',
  'rabbitmq_disk_space_available_bytes',
  'rabbitmq_process_resident_memory_bytes',
] as const;

export type Metric = (typeof serviceMetrics)[number] | (typeof rabbitMetrics)[number] | 'up';

/** A PromQL expression: https://prometheus.io/docs/prometheus/latest/querying/basics/ */
export type Expression = string;

/** Text that a label must have; in a list, one of several; `not`: none of several. */
export type Matcher = string | readonly string[] | { readonly not: readonly string[] };

/** Series of a metric by their labels. */
export function series(metric: Metric, labels: Readonly<Record<string, Matcher>> = {}): Expression {
  const matchers = Object.entries(labels).map(([name, matcher]) => {
    if (typeof matcher === 'string') return `${name}=${quoted(matcher)}`;
    if ('not' in matcher) return `${name}!~${quoted(anyOf(matcher.not))}`;
    return `${name}=~${quoted(anyOf(matcher))}`;
  });
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(',')}}`;
}

/** How much a counter has grown within a time. */
export const increase = (counter: Expression, within: string): Expression =>
  `increase(${counter}[${within}])`;

/** Growth a second of any expression, fitted over ten minutes: https://prometheus.io/docs/prometheus/latest/querying/functions/#deriv */
export const growth = (of: Expression): Expression => `deriv((${of})[10m:1m])`;

/** RE2 matches the whole label. */
const anyOf = (texts: readonly string[]): string =>
  texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');

/** A PromQL string has the escapes of Go, which those of JSON are part of. */
const quoted = (text: string): string => JSON.stringify(text);
