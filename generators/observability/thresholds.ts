import { addressOf, type Channel } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import { arrivalRate } from '../../core/review/support/load.ts';
import { formatDuration, parseDuration } from '../../core/units.ts';
import type { ConsumerPlan, Decision } from '../endpoint.ts';

const MINUTE = 60_000;
/** Where the design names no target: what a person would call late, and a backlog that is hardly there by chance. */
const LATE_MS = 15 * MINUTE;
const LONG = 1_000;
/** Default of `maxConsumerOutage`. */
const OUTAGE_MS = 4 * 60 * MINUTE;

/** A backlog that takes the messages behind it past their target: rate × latency target × 2. */
export function backlogThreshold(graph: Graph, channel: Channel): Decision<number> {
  const rate = arrivalRate(graph, channel.id);
  if (rate === undefined) return { value: LONG, reason: `${LONG} (no rate given)` };
  const slo = sloOf(graph, channel);
  const [ms, named] =
    slo === undefined ? [MINUTE, '1m (no target given)'] : [slo * 2, `target ${formatDuration(slo)} × 2`];
  // What arrives within a second may well arrive at once.
  const value = Math.ceil(rate * Math.max(1, ms / 1_000));
  return { value, reason: `${value} = rate ${rate}/s × ${ms < 1_000 ? '1s' : named}` };
}

/** Seconds after the event at which a message is late: the target, and the waits between attempts. */
export function ageThreshold(
  graph: Graph,
  channel: Channel,
  consumers: readonly ConsumerPlan[],
): Decision<number> {
  const slo = sloOf(graph, channel);
  const retries = retryWindow(consumers);
  const base = slo ?? LATE_MS;
  const named =
    slo === undefined ? `${formatDuration(LATE_MS)} (no target given)` : `target ${formatDuration(slo)}`;
  const value = Math.max(1, Math.ceil((base + retries) / 1_000));
  return { value, reason: `${value} s = ${named} + ${formatDuration(retries)} of waits between attempts` };
}

/** Seconds before messages are lost that a person needs: the longest outage that must lose nothing. */
export function lossThreshold(graph: Graph, channel: Channel): Decision<number> {
  const outages = flowsInto(graph, channel).flatMap(
    ({ value }) => parseDuration(value.maxConsumerOutage ?? '') ?? [],
  );
  const ms = outages.length > 0 ? Math.max(...outages) : OUTAGE_MS;
  return {
    value: ms / 1_000,
    reason: `${formatDuration(ms)}, the longest outage that must not lose messages`,
  };
}

const flowsInto = (graph: Graph, channel: Channel) =>
  graph.consumersOf(channel.id).flatMap(({ id }) => graph.flowsOf(addressOf('consumers', id)));

function sloOf(graph: Graph, channel: Channel): number | undefined {
  const targets = flowsInto(graph, channel).flatMap(
    ({ value }) => parseDuration(value.slo?.latencyP99 ?? '') ?? [],
  );
  return targets.length > 0 ? Math.min(...targets) : undefined;
}

/** The longest that the waits between the attempts of a message add up to, in ms. */
function retryWindow(consumers: readonly ConsumerPlan[]): number {
  const windows = consumers.map(({ retry: { value } }) => {
    const { maxAttempts, baseDelayMs, maxDelayMs, backoff } = value;
    const delays = Array.from({ length: Math.min(maxAttempts, MANY) - 1 }, (_, n) =>
      Math.min(maxDelayMs, baseDelayMs * { exponential: 2 ** n, linear: n + 1, fixed: 1 }[backoff]),
    );
    return delays.reduce((sum, delay) => sum + delay, 0);
  });
  return Math.max(0, ...windows);
}

/** Attempts after which a policy is taken to have no end. */
const MANY = 100;
