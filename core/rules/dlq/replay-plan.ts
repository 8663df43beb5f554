import type { ElementAddress } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { type DeadLetter, deadLetterOf } from '../../design/policies.ts';
import { defineRule, type MessageTemplates, noOptions, type RuleContext } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';

const messages = {
  unowned: {
    message:
      'Nobody owns the dead letters of {owner}: neither deadLetter.owner nor the owner of {service} is stated.',
    consequence:
      'Failed messages pile up until somebody misses a result, and by then nobody knows what to do.',
  },
  'no-procedure': {
    message: 'Dead letters of {owner} are to be replayed by hand (redrive: manual), and no runbook says how.',
    consequence: 'Under pressure messages are replayed to every subscriber, in the wrong order, or deleted.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<unknown, typeof messages, never>;

export const replayPlan = defineRule({
  id: 'dlq/replay-plan',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'suggest',
    title: 'Somebody replays dead letters, and knows how',
    docs: {
      what: 'Whatever has a dead-letter destination needs an owner, `deadLetter.owner` or the owner of the consuming service, and a procedure: `redrive: tool`, or `redrive: manual` with a `runbook`. A missing `redrive` passes, since the generated workspace has a tool that lists, replays and drops dead letters; it replays to the failed consumer only, and on SQS by a move task where all letters are of one queue.',
      why: 'A dead-letter queue without a reader is a slow way to lose messages: SQS deletes them after two weeks at most. A replay that is improvised at night sends paid orders to the payment service again.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html',
    ],
  },
  options: noOptions,
  messages,
  needs: [],
  each: {
    queues(context, { id, value }) {
      const services = context.graph.consumersOf(id).map((consumer) => context.graph.serviceOf(consumer));
      judge(context, `queues/${id}`, deadLetterOf(id, value.deadLetter), services);
    },
    consumers(context, consumer) {
      const { id, value } = consumer;
      judge(context, `consumers/${id}`, deadLetterOf(id, value.deadLetter), [
        context.graph.serviceOf(consumer),
      ]);
    },
  },
});

function judge(
  { graph, report, passByDefault }: Context,
  at: ElementAddress,
  deadLetter: DeadLetter | undefined,
  services: readonly string[],
): void {
  if (!deadLetter || services.length === 0) return;
  const { owner, redrive, runbook } = deadLetter.shape;
  const path = at.split('/') as [string, string];
  if (owner === undefined && !services.some((service) => ownerOf(graph, service)))
    report({
      at,
      field: 'deadLetter',
      messageId: 'unowned',
      data: { owner: at, service: `service ${services[0]}` },
    });
  if (redrive === undefined) {
    const attribute = at.startsWith('queues/') ? 'queues.deadLetter.redrive' : 'consumers.deadLetter.redrive';
    passByDefault({ at, attribute });
  } else if (redrive === 'manual' && runbook === undefined) {
    const patch: Patch = { op: 'set', path: [...path, 'deadLetter', 'redrive'], value: 'tool' };
    const fix = { label: 'Replay with the generated tool', patches: () => [patch] };
    report({ at, field: 'deadLetter.redrive', messageId: 'no-procedure', data: { owner: at }, fix });
  }
}

const ownerOf = (graph: Graph, service: string): string | undefined =>
  graph.design.services.get(service)?.owner;
