import { backstop } from '../../design/expand.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';

const ATTEMPTS = 5;

export const dlqByDeliveryCount = defineRule({
  id: 'redis/dlq-by-delivery-count',
  meta: {
    severity: 'error',
    brokers: ['redis'],
    fix: 'auto',
    title: 'Entries that kill their consumer end in a dead-letter stream',
    docs: {
      what: 'The consumer of a Redis stream dead-letters an entry by its delivery count: `noack: true`, with which Redis keeps no count, is an error, and so is a `maxDeliveries` without a dead-letter destination. `maxDeliveries` should be above the `maxAttempts` of the retries (a warning), since a delivery whose consumer died counts as well. A missing `maxDeliveries` passes, since the generated consumer gives up after 50.',
      why: 'Redis has no dead-letter queue. An entry that kills its consumer is taken over by the next one and kills that too, until the delivery count that XPENDING reports is looked at and the entry is moved away. Below the attempts, a few restarts dead-letter what nobody has failed to process.',
    },
    sources: [sources.redisStreams, 'https://redis.io/docs/latest/commands/xpending/'],
  },
  options: noOptions,
  messages: {
    'not-counted': {
      message:
        'Consumer {consumer} reads {channel} with noack: true, so Redis neither keeps nor counts its deliveries.',
      consequence: 'Entries in work are lost in a crash, and none is ever dead-lettered.',
    },
    'no-target': {
      message:
        'Consumer {consumer} gives an entry of {channel} up after {limit} deliveries and has nowhere to put it.',
      consequence: 'The entry stays on the list of the group for ever, or is dropped.',
    },
    'below-attempts': {
      message:
        'Consumer {consumer} gives an entry of {channel} up after {limit} deliveries, and its retries ask for {attempts} attempts.',
      consequence:
        'Crashes and restarts count as deliveries, so entries are dead-lettered before their last attempt.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'redis', consumer);
      if (!endpoint || endpoint.channel.section === 'topics') return;
      const { id, at, value, channel } = endpoint;
      const { noack, maxDeliveries: limit } = value;
      const attempts = graph.retryOf(consumer)?.maxAttempts ?? ATTEMPTS;
      const data = { consumer: id, channel: channel.id, limit: limit ?? 0, attempts };
      const fixOf = (label: string, field: string, to: unknown) => ({
        label,
        patches: () => [{ op: 'set' as const, path: ['consumers', id, field], value: to }],
      });
      if (noack === true) {
        const fix = fixOf('Acknowledge after processing', 'noack', false);
        report({ at, field: 'noack', messageId: 'not-counted', data, fix });
        return;
      }
      if (limit === undefined) {
        passByDefault({ at, attribute: 'consumers.maxDeliveries' });
        return;
      }
      const field = 'maxDeliveries';
      const needsTarget = (value.onFailure ?? 'dead-letter') === 'dead-letter';
      // Whether there is a dead-letter stream is a decision, which dlq/required asks for.
      if (needsTarget && !graph.deadLetterOf(consumer)) report({ at, field, messageId: 'no-target', data });
      else if (Number.isFinite(attempts) && limit <= attempts) {
        const fix = fixOf(`Allow ${backstop(attempts)} deliveries`, field, backstop(attempts));
        report({ at, field, messageId: 'below-attempts', data, severity: 'warn', fix });
      }
    },
  },
});
