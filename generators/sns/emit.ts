import { jsonFile } from '../kit/json.ts';
import { code, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { SnsPlan } from './plan.ts';
import { policiesOf } from './policies.ts';

export function emitSns(plan: SnsPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(`${folder}/topics.json`, topology(plan));
  out.add(`${folder}/policies.json`, jsonFile(policiesOf(plan)));
  out.add(`${folder}/README.md`, readme(plan));
}

const topology = ({ topics, subscriptions }: SnsPlan): string =>
  jsonFile({
    exchanges: topics.map(({ name, attributes }) => ({
      name,
      type: 'topic',
      durable: true,
      ...(Object.keys(attributes).length > 0 ? { arguments: { attributes } } : {}),
    })),
    queues: [],
    bindings: subscriptions.flatMap(({ topic, queue, types }) =>
      types.map((type) => ({
        source: topic,
        destination: queue,
        destination_type: 'queue',
        routing_key: type,
      })),
    ),
    subscriptions: subscriptions.map(({ types: _, ...subscription }) => subscription),
  });

const readme = ({ id, env, topics, subscriptions }: SnsPlan): string =>
  [
    `# SNS ${code(id)}`,
    '',
    `${code('topics.json')} holds the topics and the queues that subscribe to them; its bindings are for the memory transport. ${code('npm run topology -- apply')} adds what is missing and changes nothing that exists; ${code('npm run topology -- verify')} tells what differs. Queues come first: they are of another broker.`,
    '',
    `At AWS: leave ${code(`${env}_URL`)} out, set ${code(`${env}_REGION`)}, and let services find their credentials as every SDK does. ${code('policies.json')} has the least that each producer may do, as IAM policies: put account and region in place of the asterisks.`,
    '',
    `Topics: ${topics.map(({ name }) => code(name)).join(', ')}.`,
    '',
    '## Subscriptions',
    '',
    ...table(
      ['Topic', 'Queue', 'Filter', 'What cannot be delivered'],
      subscriptions.map(({ topic, queue, attributes, deadLetter }) => [
        code(topic),
        code(queue),
        attributes['FilterPolicy'] ? code(attributes['FilterPolicy']) : 'everything',
        deadLetter === undefined
          ? 'is tried for 23 days'
          : `is tried for 23 days, then goes to ${code(deadLetter)}`,
      ]),
    ),
    '',
    'Delivery is raw: a queue gets the message as it was published, with its attributes.',
    '',
  ].join('\n');
