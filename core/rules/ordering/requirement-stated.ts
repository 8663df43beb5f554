import { defineRule, noOptions } from '../../review/rule.ts';
import { isSideChannel } from '../../review/support/channels.ts';

export const requirementStated = defineRule({
  id: 'ordering/requirement-stated',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'none',
    title: 'Every flow states the order it relies on',
    docs: {
      what: 'Every flow says in `ordering` whether its consumers rely on no order, on the order of one key, or on a total order; `ordering: none` is an answer. A consumer that belongs to no flow leaves the question open as well.',
      why: 'Order costs parallelism and is hard to add later. Where nobody has decided, the first second worker or the first retry reorders messages, and a cancellation is processed before its order.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/queues#message-ordering',
      'https://kafka.apache.org/documentation/#intro_concepts_and_terms',
    ],
  },
  options: noOptions,
  messages: {
    flow: {
      message: 'Flow {flow} does not state which order its consumers rely on.',
      consequence: 'A second worker or a retry may reorder messages that somebody assumed to be in order.',
    },
    consumer: {
      message: 'Consumer {consumer} belongs to no flow, so the order it relies on is not stated.',
      consequence: 'A second worker or a retry may reorder messages that somebody assumed to be in order.',
    },
  },
  needs: [],
  each: {
    flows({ report }, { id, value }) {
      if (value.ordering === undefined)
        report({ at: `flows/${id}`, field: 'ordering', messageId: 'flow', data: { flow: id } });
    },
    consumers({ graph, report }, { id, value }) {
      const channel = graph.channel(value.channel);
      if (!channel || isSideChannel(graph, channel) || graph.flowsOf(`consumers/${id}`).length > 0) return;
      report({ at: `consumers/${id}`, messageId: 'consumer', data: { consumer: id } });
    },
  },
});
