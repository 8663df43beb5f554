import type { Channel, Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { isRepeatedInPlace, logRetryModeOf } from '../../design/policies.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { isSideChannel } from '../../review/support/channels.ts';
import { isOrdered } from '../../review/support/flows.ts';
import type { Patch } from '../../text/patch.ts';

export const retryReorders = defineRule({
  id: 'ordering/retry-reorders',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Retries and dead letters keep the order',
    docs: {
      what: 'At the end of a flow with `ordering: per-key` or `total`, a failed message must not be overtaken. It is retried in the worker (`retry.mode: in-process`; behind its visibility timeout on SQS FIFO, which holds the message group), not in a retry topic or delay queue. After the last attempt the consumer stops (`onFailure: stop`) or parks all later messages of the key (`park-key`); `dead-letter`, the default, and `drop` let them pass. Missing `retry` passes: retries of an ordered flow are generated in the worker.',
      why: 'The address change fails once and waits ten seconds; the next one of the same customer is processed meanwhile and is then overwritten by the older one. No error is raised, and the order of the log does not help.',
    },
    sources: [
      'https://www.confluent.io/blog/error-handling-patterns-in-kafka/',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
      'https://www.rabbitmq.com/docs/queues#message-ordering',
    ],
  },
  options: noOptions,
  messages: {
    retry: {
      message:
        'Flow {flow} relies on {ordering} order, but consumer {consumer} lets a failed message wait aside ({mode}).',
      consequence: 'Later messages of the key overtake it, and the older one takes effect last.',
    },
    'dead-letter': {
      message:
        'Flow {flow} relies on {ordering} order, but consumer {consumer} goes on after it has given a message up.',
      consequence:
        'Later messages of the key take effect although the one before them did not, and a replay comes too late.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const at = `consumers/${consumer.id}` as const;
      const flow = graph.flowsOf(at).find(({ value }) => isOrdered(value));
      const channel = graph.channel(consumer.value.channel);
      if (!flow || !channel || isSideChannel(graph, channel)) return;
      const data = { flow: flow.id, ordering: flow.value.ordering ?? '', consumer: consumer.id };
      const mode = modeAside(graph, channel, consumer);
      if (graph.retryOf(consumer) === undefined) passByDefault({ at, attribute: 'consumers.retry' });
      if (mode !== undefined) {
        report({
          at,
          field: 'retry',
          messageId: 'retry',
          data: { ...data, mode },
          fix: inPlace(graph, consumer),
        });
      }
      const { onFailure = 'dead-letter' } = consumer.value;
      if (onFailure === 'stop' || onFailure === 'park-key') return;
      const fix = heldBack(graph, channel, consumer);
      report({ at, field: 'onFailure', messageId: 'dead-letter', data, fix });
    },
  },
});

/**
 * What holds back later messages, where services are generated that do it. RabbitMQ takes back a message that waits for
 * longer than its consumer timeout (https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout), and Celery goes on.
 */
function heldBack(graph: Graph, channel: Channel, { id }: Named<Consumer>): FixProposal | undefined {
  const broker = graph.brokerKindOf(channel);
  if (broker === undefined || broker === 'rabbitmq' || broker === 'celery') return undefined;
  const path = ['consumers', id, 'onFailure'];
  return {
    label: 'Stop at a message that is given up',
    patches: () => [{ op: 'set', path, value: 'stop' }],
  };
}

/** Where a failed message waits while others pass; `undefined` where none can. */
function modeAside(graph: Graph, channel: Channel, consumer: Named<Consumer>): string | undefined {
  const { design } = graph;
  const policy = graph.retryOf(consumer);
  if (!policy || policy.maxAttempts === 1) return undefined;
  const written = consumer.value.retry ?? (channel.section === 'queues' ? channel.value.retry : undefined);
  if (isRepeatedInPlace(design, written)) return undefined;
  if (channel.section === 'streams') {
    const mode = logRetryModeOf(design, consumer.value, true);
    return mode === 'in-process' ? undefined : mode;
  }
  const broker = graph.brokerKindOf(channel);
  if (broker === 'sqs') return undefined;
  return broker === 'rabbitmq' ? 'delayed-queue' : 'broker';
}

/** A named policy, which others may share, is left alone: the consumer gets a copy. */
function inPlace({ design }: Graph, { id, value }: Named<Consumer>) {
  const named = typeof value.retry === 'string' ? design.retryPolicies.get(value.retry) : undefined;
  const patches: readonly Patch[] =
    typeof value.retry === 'object'
      ? [{ op: 'set', path: ['consumers', id, 'retry', 'mode'], value: 'in-process' }]
      : [{ op: 'set', path: ['consumers', id, 'retry'], value: { ...named, mode: 'in-process' } }];
  return { label: 'Retry in the worker', patches: () => patches };
}
