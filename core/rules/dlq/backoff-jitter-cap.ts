import type { RetryShape } from '../../kinds/shared.ts';
import { defineRule, type MessageTemplates, type RuleContext } from '../../review/rule.ts';
import { addressOfChannel } from '../../review/support/channels.ts';
import { fieldOf, namedRetry, ownRetry, type PolicySite } from '../../review/support/policies.ts';
import type { Patch } from '../../text/patch.ts';
import { parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const messages = {
  fixed: {
    message: 'The retry policy of {site} waits the same time before every attempt (backoff: fixed).',
    consequence:
      'A dependency that is down gets all failed messages again at the same pace, and no room to recover.',
  },
  immediate: {
    message: 'The retry policy of {site} tries again at once (baseDelay: {delay}).',
    consequence: 'All attempts are used up within the same short failure.',
  },
  'no-jitter': {
    message: 'The retry policy of {site} has no jitter.',
    consequence: 'Messages that failed together come back together, and hit the dependency as one wave.',
  },
  'no-cap': {
    message: 'The retry policy of {site} lets a message wait for up to {delay}, beyond {limit}.',
    consequence:
      'A message that could be processed again long since lies about, and nobody sees it as failed.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<{ readonly longestDelay: string }, typeof messages, never>;

const standard = { longestDelay: '1h' };

export const backoffJitterCap = defineRule({
  id: 'dlq/backoff-jitter-cap',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'auto',
    title: 'Retries back off, spread out and have a longest wait',
    docs: {
      what: 'A retry policy must grow its delays (`backoff: exponential` or `linear`), start above zero, add jitter and keep its longest delay (`maxDelay`) below the option. With `mode: delayed-retry` RabbitMQ computes the delays, without jitter, so its absence is accepted there. A missing policy or attribute passes: the generated retries start at 1s, double up to 600s and use full jitter.',
      why: 'A dependency that has just failed gets every message again at the same moment, and fails again. Fixed delays without jitter keep thousands of messages in step and turn a short outage into a long one.',
    },
    sources: [
      'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
      'https://lumigo.io/blog/amazon-builders-library-in-focus-1-timeouts-retries-and-backoff-with-jitter/',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      longestDelay: z
        .string()
        .refine((text) => parseDuration(text) !== undefined, 'is not a duration')
        .default(standard.longestDelay)
        .describe('The longest delay between two attempts.'),
    }),
  messages,
  needs: [],
  each: {
    queues: (context, { id, value }) => judge(context, ownRetry('queues', id, value.retry)),
    consumers: (context, { id, value }) => judge(context, ownRetry('consumers', id, value.retry)),
    retryPolicies: (context, { id, value }) => judge(context, namedRetry(context.graph, id, value)),
    workChannels({ graph, passByDefault }, channel) {
      if (graph.consumersOf(channel.id).every((consumer) => graph.retryOf(consumer) !== undefined)) return;
      const attribute = channel.section === 'queues' ? 'queues.retry' : 'consumers.retry';
      passByDefault({ at: addressOfChannel(channel), attribute });
    },
  },
});

function judge({ options, report }: Context, site: PolicySite<RetryShape> | undefined): void {
  if (!site || site.shape.maxAttempts === 1) return;
  const { at, shape } = site;
  const set = (label: string, attribute: keyof RetryShape, value: unknown) => ({
    at,
    field: fieldOf(site, attribute),
    fix: { label, patches: (): readonly Patch[] => [{ op: 'set', path: [...site.path, attribute], value }] },
  });
  if (shape.backoff === 'fixed')
    report({
      ...set('Back off exponentially', 'backoff', 'exponential'),
      messageId: 'fixed',
      data: { site: at },
    });
  if (parseDuration(shape.baseDelay ?? '') === 0) {
    const data = { site: at, delay: shape.baseDelay ?? '' };
    report({ ...set('Wait 1s before the first retry', 'baseDelay', '1s'), messageId: 'immediate', data });
  }
  if (shape.jitter === 'none' && shape.mode !== 'delayed-retry')
    report({ ...set('Add full jitter', 'jitter', 'full'), messageId: 'no-jitter', data: { site: at } });
  const limit = options.longestDelay;
  if ((parseDuration(shape.maxDelay ?? '') ?? 0) > (parseDuration(limit) ?? 0)) {
    const data = { site: at, delay: shape.maxDelay ?? '', limit };
    report({ ...set('Wait at most 600s', 'maxDelay', '600s'), messageId: 'no-cap', data });
  }
}
