import type { ElementAddress, Message } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { filterMatches, hasProperty } from '../../review/support/snsFilter.ts';

export const filterNeverMatches = defineRule({
  id: 'sns/filter-never-matches',
  meta: {
    severity: 'error',
    brokers: ['sns'],
    fix: 'none',
    title: 'Subscription filters look at what is there',
    docs: {
      what: 'Each key of a filter policy must exist in at least one message of the topic: among the message `attributes`, the headers of its producers and the `loom-` headers of the envelope where `filterScope` is `MessageAttributes` (the default), in the schema where it is `MessageBody`. A condition `{ exists: false }` and one of several branches of `$or` may be absent. Where no producer names its messages, or a message has no inline schema, the answer is unknown.',
      why: 'A message that lacks one key of the policy is not delivered, and SNS counts it as filtered, not as failed. A misspelt key, or a policy for attributes on a topic whose data is in the body, gives a subscriber that is healthy and receives nothing.',
    },
    sources: [sources.snsFilters, 'https://docs.aws.amazon.com/sns/latest/dg/message-filtering.html'],
  },
  options: noOptions,
  messages: {
    attributes: {
      message: 'Subscription {subscription} filters by {keys}, and none of {messages} has these attributes.',
      consequence: '{endpoint} receives nothing from topic {topic}.',
    },
    body: {
      message:
        'Subscription {subscription} filters by {keys}, and the schema of none of {messages} has these properties.',
      consequence: '{endpoint} receives nothing from topic {topic}.',
    },
  },
  needs: ['producers.messages', 'messages.schema'],
  each: {
    subscriptions({ graph, design, report, unknown }, { id, value }) {
      const { filter, filterScope = 'MessageAttributes', topic, endpoint } = value;
      if (!filter || design.topics.get(topic) === undefined) return;
      const at: ElementAddress = `subscriptions/${id}`;
      const producers = graph.producersOf(topic);
      const names = new Set(producers.flatMap(({ value: { messages = [] } }) => messages));
      const messages = [...names].flatMap((name): Named<Message>[] => {
        const message = design.messages.get(name);
        return message ? [{ id: name, value: message }] : [];
      });
      const isBody = filterScope === 'MessageBody';
      const verdicts = messages.map((message) =>
        filterMatches(
          filter,
          isBody
            ? (path) => hasProperty(message.value.schema, path)
            : ([key = '']) => attributesOf(graph, topic, message).has(key) || isEnvelopeHeader(message, key),
        ),
      );
      if (verdicts.includes(true)) return;
      if (messages.length === 0 || producers.some((producer) => !producer.value.messages?.length)) {
        unknown({ at, attribute: 'producers.messages' });
        return;
      }
      if (verdicts.includes(undefined)) {
        for (const [index, message] of messages.entries())
          if (verdicts[index] === undefined)
            unknown({ at: `messages/${message.id}`, attribute: 'messages.schema' });
        return;
      }
      const data = {
        subscription: id,
        topic,
        endpoint,
        keys: listed(Object.keys(filter)),
        messages: listed([...names]),
      };
      report({ at, field: 'filter', messageId: isBody ? 'body' : 'attributes', data });
    },
  },
});

/** Attributes with which a message is published to a topic. */
function attributesOf(graph: Graph, topic: string, { id, value }: Named<Message>): ReadonlySet<string> {
  const headers = graph
    .producersOf(topic)
    .filter((producer) => producer.value.messages?.includes(id))
    .flatMap((producer) => Object.keys(producer.value.headers ?? {}));
  return new Set([...(value.attributes ?? []), ...headers]);
}

const isEnvelopeHeader = ({ value }: Named<Message>, key: string): boolean =>
  key.startsWith('loom-') && value.envelope !== 'none';
