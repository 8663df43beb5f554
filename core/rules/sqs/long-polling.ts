import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { durationOf } from '../../review/support/work.ts';

const LONGEST = 20_000;

export const longPolling = defineRule({
  id: 'sqs/long-polling',
  meta: {
    severity: 'warn',
    brokers: ['sqs'],
    fix: 'auto',
    title: 'SQS is polled with patience',
    docs: {
      what: 'The `waitTime` of an SQS queue should be 20 s, the longest that SQS allows: below 1 s it is a warning, below 20 s a hint, above 20 s SQS refuses it. A missing `waitTime` passes, since the generated queue waits 20 s; the default of SQS is not to wait. The HTTP timeout of the client must be longer, which it is in the generated consumer.',
      why: 'A short poll asks a part of the servers and returns at once, often with nothing although messages wait. The consumers then call without pause: the bill is made of empty answers, and messages arrive late.',
    },
    sources: [sources.sqsPolling],
  },
  options: noOptions,
  messages: {
    short: {
      message: 'Queue {queue} is polled with a wait of {waitTime}; SQS waits up to 20 s.',
      consequence: 'Empty receives are paid for, and some polls miss messages that are there.',
    },
    refused: {
      message: 'Queue {queue} asks SQS to wait {waitTime}; it waits at most 20 s.',
      consequence: 'SQS refuses the attribute, and the queue is not created.',
    },
  },
  needs: [],
  each: {
    drawnQueues({ graph, report, passByDefault }, queue) {
      const drawn = drawnOn(graph, 'sqs', 'queues', queue);
      if (!drawn) return;
      const { id, at, value } = drawn;
      const waitTime = durationOf(value.waitTime);
      if (waitTime === undefined) passByDefault({ at, attribute: 'queues.waitTime' });
      if (waitTime === undefined || waitTime === LONGEST) return;
      report({
        at,
        field: 'waitTime',
        messageId: waitTime > LONGEST ? 'refused' : 'short',
        data: { queue: id, waitTime: value.waitTime ?? '' },
        severity: waitTime >= 1000 && waitTime < LONGEST ? 'info' : 'warn',
        fix: {
          label: 'Wait 20 s',
          patches: () => [{ op: 'set', path: ['queues', id, 'waitTime'], value: '20s' }],
        },
      });
    },
  },
});
