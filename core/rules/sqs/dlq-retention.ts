import { deadLetterOf } from '../../design/policies.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { durationOf } from '../../review/support/work.ts';
import { formatDuration } from '../../units.ts';

const DAY = 86_400_000;
const STANDARD = 4 * DAY;
const LONGEST = 14 * DAY;

export const dlqRetention = defineRule({
  id: 'sqs/dlq-retention',
  meta: {
    severity: 'error',
    brokers: ['sqs'],
    fix: 'auto',
    title: 'Dead letters outlive their source queue',
    docs: {
      what: 'The dead-letter queue of a standard queue must keep messages for longer than the queue itself (`retention`, 4 d where it is missing, 14 d at most). SQS keeps the time at which the message was first sent when it moves. On FIFO queues the clock starts anew, so they are left out. What `deadLetter: true` adds keeps messages for 14 d.',
      why: 'A message that failed on its last day in the source queue arrives in the dead-letter queue with no time left, and expires before anybody has looked. The dead-letter queue reads empty, and the failure is found by the customer.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html',
      sources.sqsQuotas,
    ],
  },
  options: noOptions,
  messages: {
    short: {
      message:
        'Dead-letter queue {target} keeps messages for {kept}, counted from when they were sent to {queue}, which keeps them for {retention}.',
      consequence: 'Messages that fail late expire before anybody can look at them.',
    },
  },
  needs: [],
  each: {
    drawnQueues({ graph, report, passByDefault }, queue) {
      const drawn = drawnOn(graph, 'sqs', 'queues', queue);
      const deadLetter = drawn && deadLetterOf(drawn.id, drawn.value.deadLetter);
      const receiver = graph.channel(deadLetter?.target);
      if (!deadLetter || receiver?.section !== 'queues' || drawn.value.type === 'fifo') return;
      const { id, at, value } = drawn;
      const target = receiver.id;
      const isImplied = graph.origins.has(`queues/${target}`);
      const retention = durationOf(value.retention) ?? STANDARD;
      const kept = durationOf(receiver.value.retention) ?? STANDARD;
      if (kept > retention) {
        if (deadLetter.shape.retention === undefined && isImplied)
          passByDefault({ at, attribute: 'queues.deadLetter.retention' });
        return;
      }
      const path = isImplied ? ['queues', id, 'deadLetter', 'retention'] : ['queues', target, 'retention'];
      report({
        at,
        field: 'deadLetter',
        messageId: 'short',
        data: { queue: id, target, kept: formatDuration(kept), retention: formatDuration(retention) },
        ...(retention < LONGEST && {
          fix: {
            label: 'Keep dead letters for 14 d',
            patches: () => [{ op: 'set', path, value: '14d' }],
          },
        }),
      });
    },
  },
});
