import type { Queue } from '../../design/design.ts';
import { backstop } from '../../design/expand.ts';
import type { Graph } from '../../design/graph.ts';
import { retryOf } from '../../design/policies.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';

export const deliveryLimit = defineRule({
  id: 'rabbitmq/delivery-limit',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'The delivery limit stands behind the retries',
    docs: {
      what: 'The `deliveryLimit` of a quorum queue must not be -1 (without limit), needs a dead-letter destination, and should be above the `maxAttempts` of the retries (a warning). It also counts deliveries whose consumer died, which are not attempts. A missing limit passes, since the generated one is 50; the default of RabbitMQ is 20 since 4.0.',
      why: 'Without a limit a message that kills its consumer is delivered to one instance after another until none is left. A limit without a dead-letter destination drops the message. A limit below the attempts lets a few restarts during an outage dead-letter messages that nobody has failed to process.',
    },
    sources: [sources.rabbitQuorum],
  },
  options: noOptions,
  messages: {
    unlimited: {
      message: 'Queue {queue} delivers a message without limit (deliveryLimit: -1).',
      consequence:
        'A message that kills its consumer is delivered again without end and takes down every instance.',
    },
    dropped: {
      message:
        'Queue {queue} gives a message up after {limit} deliveries and has no dead-letter destination.',
      consequence: 'RabbitMQ drops the message.',
    },
    'below-attempts': {
      message:
        'Queue {queue} gives a message up after {limit} deliveries, and its retries ask for {attempts} attempts.',
      consequence:
        'Crashes and restarts count as deliveries, so messages are dead-lettered before their last attempt.',
    },
  },
  needs: [],
  each: {
    drawnQueues({ graph, report, passByDefault }, queue) {
      const drawn = drawnOn(graph, 'rabbitmq', 'queues', queue);
      if (!drawn) return;
      const { id, value, at } = drawn;
      if ((value.type ?? 'quorum') !== 'quorum') return;
      const { deliveryLimit: limit } = value;
      if (limit === undefined) {
        passByDefault({ at, attribute: 'queues.deliveryLimit' });
        return;
      }
      const attempts = attemptsOn(graph, id);
      const data = { queue: id, limit, attempts };
      const raised = backstop(Number.isFinite(attempts) ? attempts : 0);
      const raise = {
        label: `Allow ${raised} deliveries`,
        patches: () => [{ op: 'set' as const, path: ['queues', id, 'deliveryLimit'], value: raised }],
      };
      const field = 'deliveryLimit';
      if (limit < 0) report({ at, field, messageId: 'unlimited', data, fix: raise });
      if (limit < 0 || isSideQueue(value)) return;
      // Whether a queue gets a dead-letter queue is a decision, which dlq/required asks for.
      if (!hasDeadLetter(graph, id)) report({ at, field, messageId: 'dropped', data });
      else if (limit <= attempts && Number.isFinite(attempts))
        report({ at, field, messageId: 'below-attempts', data, severity: 'warn', fix: raise });
    },
  },
});

/** Dead-letter, delay and parking queues have no consumer that could fail. */
const isSideQueue = ({ role = 'work' }: Queue): boolean => role !== 'work';

/** The most attempts that a consumer of the queue, or the queue itself, asks for. */
function attemptsOn(graph: Graph, queue: string): number {
  const own = graph.design.queues.get(queue)?.retry;
  const policies = [
    retryOf(graph.design, own ?? 'standard'),
    ...graph.consumersOf(queue).map((consumer) => graph.retryOf(consumer)),
  ];
  return Math.max(...policies.map((policy) => policy?.maxAttempts ?? 0));
}

/** What the broker itself gives up goes where the queue says, and nowhere else. */
const hasDeadLetter = (graph: Graph, queue: string): boolean =>
  (graph.design.queues.get(queue)?.deadLetter ?? false) !== false;
