import type { Queue } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { deadLetterOf } from '../../design/policies.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';

export const dlqTypeMatch = defineRule({
  id: 'sqs/dlq-type-match',
  meta: {
    severity: 'error',
    brokers: ['sqs'],
    fix: 'auto',
    title: 'A dead-letter queue is of the type of its source',
    docs: {
      what: 'The dead-letter queue of a FIFO queue must be FIFO, that of a standard queue standard. A target on another broker of the design, which is another account or region, is a warning: AWS advises to keep both together. What `deadLetter: true` adds has the type of its source.',
      why: 'SQS refuses a redrive policy to a queue of the other type, so the set-up fails, or the queue stays without a dead-letter queue and delivers a poison message until it expires. A target elsewhere fails with the network and the permissions between the two, at the moment when it is needed.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    ],
  },
  options: noOptions,
  messages: {
    type: {
      message: 'Queue {queue} is {type} and its dead-letter queue {target} is {targetType}.',
      consequence: 'SQS refuses the redrive policy: the queue has no dead-letter queue.',
    },
    elsewhere: {
      message:
        'Queue {queue} on {broker} dead-letters to {target} on {targetBroker}, another account or region.',
      consequence: 'SQS refuses the redrive policy, or dead letters depend on what lies between the two.',
    },
  },
  needs: [],
  each: {
    drawnQueues({ graph, report }, queue) {
      const drawn = drawnOn(graph, 'sqs', 'queues', queue);
      const target = drawn && deadLetterOf(drawn.id, drawn.value.deadLetter)?.target;
      const receiver = graph.channel(target);
      if (!target || receiver?.section !== 'queues' || graph.brokerKindOf(receiver) !== 'sqs') return;
      const { id, at, value } = drawn;
      const type = typeOf(value);
      const targetType = typeOf(receiver.value);
      const { broker } = receiver.value;
      if (broker !== value.broker) {
        const data = { queue: id, broker: value.broker, target, targetBroker: broker };
        report({ at, field: 'deadLetter', messageId: 'elsewhere', data, severity: 'warn' });
      }
      if (type === targetType) return;
      const servesBoth = new Set(sourcesOf(graph, target)).size > 1;
      report({
        at,
        field: 'deadLetter',
        messageId: 'type',
        data: { queue: id, type, target, targetType },
        ...(!servesBoth &&
          !comesBack(graph, target, id) && {
            fix: {
              label: `Make ${target} ${type}`,
              patches: () => [{ op: 'set', path: ['queues', target, 'type'], value: type }],
            },
          }),
      });
    },
  },
});

const typeOf = ({ type }: Queue): 'fifo' | 'standard' => (type === 'fifo' ? 'fifo' : 'standard');

/** Whether dead letters of the target find their way to the queue: then each type would follow the other without end. */
function comesBack(graph: Graph, target: string, queue: string): boolean {
  const seen = new Set<string>();
  for (let next: string | undefined = target; next !== undefined && !seen.has(next); ) {
    if (next === queue) return true;
    seen.add(next);
    const channel = graph.channel(next);
    next = channel?.section === 'queues' ? deadLetterOf(next, channel.value.deadLetter)?.target : undefined;
  }
  return false;
}

/** Types of the queues that dead-letter to a queue. */
const sourcesOf = question((graph: Graph, target: string) =>
  [...graph.design.queues].flatMap(([id, queue]) =>
    deadLetterOf(id, queue.deadLetter)?.target === target ? [typeOf(queue)] : [],
  ),
);
