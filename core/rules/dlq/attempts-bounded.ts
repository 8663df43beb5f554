import type { RetryShape } from '../../kinds/shared.ts';
import { defineRule, type MessageTemplates, noOptions, type RuleContext } from '../../review/rule.ts';
import { addressOfChannel } from '../../review/support/channels.ts';
import { fieldOf, namedRetry, ownRetry, type PolicySite } from '../../review/support/policies.ts';

const ATTEMPTS = 5;

const messages = {
  endless: {
    message: 'The retry policy of {site} has no last attempt (maxAttempts: -1).',
    consequence:
      'A message that can never succeed is retried for ever and never reaches the dead-letter queue.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<unknown, typeof messages, never>;

export const attemptsBounded = defineRule({
  id: 'dlq/attempts-bounded',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Attempts have an end',
    docs: {
      what: 'A retry policy must end: `maxAttempts: -1` retries a failing message for ever. A missing policy passes, since the generator then uses five attempts.',
      why: 'A message that can never succeed takes a worker each time it comes round. A few thousand of them are a standing load that crowds out the messages that could be processed.',
    },
    sources: [
      'https://lumigo.io/blog/amazon-builders-library-in-focus-1-timeouts-retries-and-backoff-with-jitter/',
    ],
  },
  options: noOptions,
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

function judge({ report }: Context, site: PolicySite<RetryShape> | undefined): void {
  if (site?.shape.maxAttempts !== -1) return;
  report({
    at: site.at,
    field: fieldOf(site, 'maxAttempts'),
    messageId: 'endless',
    data: { site: site.at },
    fix: {
      label: `Stop after ${ATTEMPTS} attempts`,
      patches: () => [{ op: 'set', path: [...site.path, 'maxAttempts'], value: ATTEMPTS }],
    },
  });
}
