import type { Channel } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import type { BrokerKind } from '../../kinds/brokers.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import type { Patch } from '../../text/patch.ts';

/** What a broker accepts as a name. */
interface NameRule {
  readonly longest: number;
  /** Characters that are not accepted. */
  readonly refused: RegExp;
  readonly accepted: string;
}

const KAFKA: NameRule = {
  longest: 249,
  refused: /[^a-zA-Z0-9._-]/gu,
  accepted: 'letters, digits, dot, dash and underscore',
};
const AWS = { refused: /[^a-zA-Z0-9_-]/gu, accepted: 'letters, digits, dash and underscore' } as const;

/** By broker; what is not listed accepts any name. Lengths are in characters, on RabbitMQ in bytes. */
const NAME_RULES: Readonly<Partial<Record<BrokerKind, NameRule>>> = {
  kafka: KAFKA,
  sqs: { longest: 80, ...AWS },
  sns: { longest: 256, ...AWS },
  kinesis: { ...KAFKA, longest: 128 },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RabbitMQ takes any text; a name with these cannot be typed
  rabbitmq: { longest: 255, refused: /[\u0000-\u001f]/gu, accepted: 'text of at most 255 bytes' },
};

const RESERVED = /^amq\./u;
const FIFO = '.fifo';

export const brokerCharset = defineRule({
  id: 'naming/broker-charset',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'rabbitmq', 'sqs', 'sns', 'kinesis'],
    fix: 'auto',
    title: 'Names are names that the broker accepts',
    docs: {
      what: 'The name of a channel on its broker (`name`, else its id) must be one that the broker takes: up to 249 of `a-z A-Z 0-9 . _ -` on Kafka, where two names that differ in dot and underscore only collide in metrics; 80 letters, digits, dashes and underscores on SQS and 256 on SNS, with `.fifo` at the end of FIFO queues and topics and of no other; 128 on Kinesis; 255 bytes and not `amq.` in front on RabbitMQ. The fix leaves the id as it is and gives the channel a name.',
      why: 'The set-up fails in the middle, with the topics before the bad one made and those behind it missing. Locally, on an emulator that is less strict, everything worked.',
    },
    sources: [
      'https://github.com/apache/kafka/blob/1eb7644349cb07139d6a3c1ad1986979647cac99/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html',
      'https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html',
      'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html',
      'https://www.rabbitmq.com/docs/queues#names',
    ],
  },
  options: noOptions,
  messages: {
    charset: {
      message: 'The name {name} of {channel} holds what {broker} refuses; it accepts {accepted}.',
      consequence: 'The channel cannot be made, and everything that depends on it is not set up either.',
    },
    long: {
      message: 'The name of {channel} has {length} characters; {broker} accepts {longest}.',
      consequence: 'The channel cannot be made, and everything that depends on it is not set up either.',
    },
    fifo: {
      message: 'The name {name} of FIFO {channel} does not end in .fifo.',
      consequence: 'AWS refuses to make it.',
    },
    'not-fifo': {
      message: 'The name {name} of {channel} ends in .fifo, but it is not FIFO.',
      consequence: 'AWS refuses to make it.',
    },
    reserved: {
      message: 'The name {name} of {channel} begins with amq., which RabbitMQ keeps for itself.',
      consequence: 'RabbitMQ refuses the declaration and closes the channel of the client.',
    },
    collision: {
      message: 'The names {name} and {other} on Kafka differ in dots and underscores only.',
      consequence: 'Kafka gives both the same metrics, and refuses to make the second one.',
    },
  },
  needs: [],
  each: {
    drawnChannels({ graph, report }, channel) {
      const at = addressOfChannel(channel);
      const broker = graph.brokerKindOf(channel);
      const rule = broker && NAME_RULES[broker];
      if (!rule) return;
      const name = nameOf(channel);
      const isAws = broker === 'sqs' || broker === 'sns';
      const isFifo = isAws && isFifoChannel(channel);
      const stem = isAws && name.endsWith(FIFO) ? name.slice(0, -FIFO.length) : name;
      const field = channel.value.name === undefined ? undefined : 'name';
      const data = { name: JSON.stringify(name), channel: nameOfChannel(channel), broker };
      const fix = rename(channel, sanitised(stem, rule, broker, isFifo));

      if (RESERVED.test(name) && broker === 'rabbitmq')
        report({ at, field, messageId: 'reserved', data, fix });
      if (stem.search(rule.refused) >= 0)
        report({ at, field, messageId: 'charset', data: { ...data, accepted: rule.accepted }, fix });
      const length = broker === 'rabbitmq' ? bytesOf(name) : name.length;
      if (length > rule.longest)
        report({ at, field, messageId: 'long', data: { ...data, length, longest: rule.longest }, fix });
      if (isFifo && stem === name) report({ at, field, messageId: 'fifo', data, fix });
      if (isAws && !isFifo && stem !== name) report({ at, field, messageId: 'not-fifo', data, fix });
      const other = broker === 'kafka' ? collidesWith(graph, channel) : undefined;
      if (other !== undefined)
        report({
          at,
          field,
          messageId: 'collision',
          data: { name: data.name, other: JSON.stringify(other) },
        });
    },
  },
});

const nameOf = ({ id, value }: Channel): string => value.name ?? id;

const isFifoChannel = (channel: Channel): boolean =>
  (channel.section === 'queues' && channel.value.type === 'fifo') ||
  (channel.section === 'topics' && channel.value.fifo === true);

const bytesOf = (name: string): number => encodeURIComponent(name).replace(/%[0-9A-F]{2}/g, '.').length;

/** The nearest name that the broker accepts. */
function sanitised(
  stem: string,
  { refused, longest }: NameRule,
  broker: BrokerKind,
  isFifo: boolean,
): string {
  const end = isFifo ? FIFO : '';
  const cleaned = stem.replace(RESERVED, broker === 'rabbitmq' ? '' : '$&').replace(refused, '-');
  // A character may take four bytes.
  const room = longest - end.length;
  let name = cleaned.slice(0, room);
  while (broker === 'rabbitmq' && bytesOf(name) > room) name = name.slice(0, -1);
  return name + end;
}

const rename = ({ section, id }: Channel, name: string) => {
  const patch: Patch = { op: 'set', path: [section, id, 'name'], value: name };
  return { label: `Call it ${name} on the broker`, patches: () => [patch] };
};

/** A name on the same Kafka that an earlier topic has, but for dots and underscores. */
const collidesWith = question((graph: Graph, channel: Channel): string | undefined => {
  const names = topicNames(graph).get(metricName(channel)) ?? [];
  return names.indexOf(nameOf(channel)) > 0 ? names[0] : undefined;
});

const metricName = (channel: Channel): string =>
  `${channel.value.broker} ${nameOf(channel).replaceAll('.', '_')}`;

const known = new WeakMap<Graph, ReadonlyMap<string, readonly string[]>>();

/** Names of the drawn topics on Kafka by what their metrics are called. */
function topicNames(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const found = known.get(graph);
  if (found) return found;
  const names = new Map<string, string[]>();
  for (const channel of graph.channels()) {
    if (graph.brokerKindOf(channel) !== 'kafka') continue;
    const list = names.get(metricName(channel)) ?? [];
    if (!list.includes(nameOf(channel))) list.push(nameOf(channel));
    names.set(metricName(channel), list);
  }
  known.set(graph, names);
  return names;
}
