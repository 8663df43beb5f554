import type { Flow } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { consumersAtEnd } from '../../review/support/flows.ts';

export const flowPatternDeclared = defineRule({
  id: 'pattern/flow-pattern-declared',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Every flow names its pattern',
    docs: {
      what: 'Every flow says in `pattern` what it is: `queue`, work for one of many workers; `topic`, a copy for each service; or `stream`, a retained history. The fix proposes what the drawn channels amount to.',
      why: 'The three patterns lose messages in different ways: a second service on a work queue takes half of the events, and a replay from a queue finds nothing. Without a stated intent nobody, and no rule, can tell a mistake from a decision.',
    },
    sources: [
      'https://www.rabbitmq.com/tutorials',
      'https://www.enterpriseintegrationpatterns.com/patterns/messaging/MessagingChannelsIntro.html',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'Flow {flow} does not say whether it is a queue, a topic or a stream.',
      consequence: 'Whether a second service may join, or a new one read the past, is left to chance.',
    },
  },
  needs: [],
  each: {
    flows({ graph, report }, { id, value: flow }) {
      if (flow.pattern !== undefined) return;
      report({
        at: `flows/${id}`,
        field: 'pattern',
        messageId: 'missing',
        data: { flow: id },
        fix: inferred(graph, id, flow),
      });
    },
  },
});

/** The pattern that the channels and services at the end of a flow amount to. */
function inferred(graph: Graph, id: string, flow: Flow): FixProposal | undefined {
  const consumers = consumersAtEnd(graph, flow);
  if (consumers.length === 0) return undefined;
  const isLog = consumers.some(({ value }) => graph.channel(value.channel)?.section === 'streams');
  const services = new Set(consumers.map((consumer) => graph.serviceOf(consumer)));
  const pattern = isLog ? 'stream' : services.size > 1 ? 'topic' : 'queue';
  return {
    label: `State the pattern as ${pattern}`,
    patches: () => [{ op: 'set', path: ['flows', id, 'pattern'], value: pattern }],
  };
}
