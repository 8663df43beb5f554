import type { Consumer, Queue } from '../../design/design.ts';
import { backstop } from '../../design/expand.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { deadLetterOf, retryOf } from '../../design/policies.ts';
import type { RetryShape } from '../../kinds/shared.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const LEAST_WITH_LAMBDA = 5;
const LEAST = 3;

export const maxReceiveCount = defineRule({
  id: 'sqs/max-receive-count',
  meta: {
    severity: 'error',
    brokers: ['sqs'],
    fix: 'auto',
    title: 'Crashes and throttling do not use up the receives',
    docs: {
      what: 'The `maxReceiveCount` with which a queue gives a message to its dead-letter queue must not be 1. Where consumers count the attempts, it should be above `maxAttempts`; where the redrive of SQS is the only retry (`retry: none` or `mode: broker`), it should be at least 3, and 5 with Lambda (warnings). A missing count passes, since the generated one is 50.',
      why: 'SQS counts receives, not failures: a crash, a deploy, an expired visibility timeout or a throttled Lambda function use one up each. With 1 every restart sends the messages in work to the dead-letter queue, healthy as they are.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/avoiding-inconsistent-message-processing.html',
      sources.lambdaSqs,
    ],
  },
  options: noOptions,
  messages: {
    one: {
      message: 'Queue {queue} dead-letters a message at its second receive (maxReceiveCount: 1).',
      consequence: 'Every crash and every deploy sends the messages in work to the dead-letter queue.',
    },
    few: {
      message: 'Queue {queue} dead-letters a message after {count} receives; with {reason} it takes {least}.',
      consequence: 'Messages that nobody failed to process are dead-lettered during a bad minute.',
    },
  },
  needs: [],
  each: {
    drawnQueues({ graph, report, passByDefault }, queue) {
      const drawn = drawnOn(graph, 'sqs', 'queues', queue);
      const deadLetter = drawn && deadLetterOf(drawn.id, drawn.value.deadLetter);
      if (!deadLetter) return;
      const { id, at, value } = drawn;
      const count = deadLetter.shape.maxReceiveCount;
      if (count === undefined) {
        passByDefault({ at, attribute: 'queues.deadLetter.maxReceiveCount' });
        return;
      }
      const { least, reason, wanted } = receivesFor(graph, id, value);
      if (count >= least) return;
      const data = { queue: id, count, least, reason };
      report({
        at,
        field: 'deadLetter.maxReceiveCount',
        messageId: count === 1 ? 'one' : 'few',
        data,
        severity: count === 1 ? 'error' : 'warn',
        fix: {
          label: `Allow ${wanted} receives`,
          patches: () => [
            { op: 'set', path: ['queues', id, 'deadLetter', 'maxReceiveCount'], value: wanted },
          ],
        },
      });
    },
  },
});

interface Receives {
  readonly least: number;
  readonly reason: string;
  readonly wanted: number;
}

/** How many receives the consumers of a queue need. */
function receivesFor(graph: Graph, id: string, queue: Queue): Receives {
  const consumers = graph.consumersOf(id);
  const attempts = Math.max(
    ...consumers.map((consumer) => attemptsOf(graph, queue, consumer)),
    consumers.length === 0 ? (retryOf(graph.design, queue.retry ?? 'standard')?.maxAttempts ?? 1) : 1,
  );
  if (Number.isFinite(attempts) && attempts > 1)
    return { least: attempts + 1, reason: `${attempts} attempts`, wanted: backstop(attempts) };
  const onLambda = consumers.some(
    (consumer) => graph.design.services.get(graph.serviceOf(consumer))?.runtime === 'lambda',
  );
  const least = onLambda ? LEAST_WITH_LAMBDA : LEAST;
  return { least, reason: onLambda ? 'Lambda' : 'the redrive as the only retry', wanted: least };
}

/** Attempts that the consumer itself counts; 1 where it leaves the retries to SQS. */
function attemptsOf(graph: Graph, queue: Queue, consumer: Named<Consumer>): number {
  const retry = consumer.value.retry ?? queue.retry ?? 'standard';
  const shape = typeof retry === 'string' ? graph.design.retryPolicies.get(retry) : retry;
  if ((shape as RetryShape | undefined)?.mode === 'broker') return 1;
  return retryOf(graph.design, retry)?.maxAttempts ?? 1;
}
