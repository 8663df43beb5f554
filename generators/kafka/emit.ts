import { formatDuration } from '../../core/units.ts';
import { jsonFile } from '../kit/json.ts';
import { code, plain, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { KafkaPlan } from './plan.ts';
import type { PropertyGroup } from './server.ts';
import { OPERATOR } from './users.ts';

export function emitKafka(plan: KafkaPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(`${folder}/topics.json`, topics(plan));
  out.add(`${folder}/server.properties`, propertiesFile(plan.server));
  out.add(`${folder}/start.sh`, START);
  out.add(`${folder}/README.md`, readme(plan));
}

const topics = (plan: KafkaPlan): string =>
  jsonFile({
    topics: plan.topics.map(({ name, partitions, replicationFactor, configs }) => ({
      name,
      partitions,
      replicationFactor,
      configs,
    })),
    users: plan.users,
  });

/** A Java properties file. Keys and values are of the generator, or numbers of the design, so they need no escapes. */
export const propertiesFile = (groups: readonly PropertyGroup[]): string =>
  groups
    .map(({ reason, properties }) =>
      [`# ${reason}`, ...Object.entries(properties).map(([key, value]) => `${key}=${value}`), ''].join('\n'),
    )
    .join('\n');

/** https://kafka.apache.org/documentation/#kraft_storage; the paths are those of the image. */
const START = `#!/bin/bash
set -euo pipefail
config=/etc/kafka/workspace/server.properties
# The first start gives the storage its cluster id and the operator, who makes the other users.
if [ ! -f /var/lib/kafka/data/meta.properties ]; then
  /opt/kafka/bin/kafka-storage.sh format --config "$config" --standalone \\
    --cluster-id "$(/opt/kafka/bin/kafka-storage.sh random-uuid)" \\
    --add-scram "$(cat /etc/kafka/workspace/operator.scram)"
fi
# The size of the heap is for the broker alone: the health check runs a Java of its own.
KAFKA_HEAP_OPTS='-Xms512m -Xmx512m' exec /opt/kafka/bin/kafka-server-start.sh "$config"
`;

function readme({ id, topics, users, consumerPlans }: KafkaPlan): string {
  return [
    `# Kafka cluster ${code(id)}`,
    '',
    `${code('topics.json')} holds the topics and who may use them: one user for each service, which may read and write its own topics and create nothing. ${code('npm run topology -- apply')} adds what is missing and changes nothing that exists; ${code('npm run topology -- verify')} tells what differs. The compose file does the first at the start, with one copy of each partition, since it runs one node.`,
    '',
    `The user ${code(OPERATOR)} is for people and tools and may do everything. Passwords are in no file here; ${code('npm run setup')} makes them.`,
    '',
    '## Topics',
    '',
    ...table(
      ['Topic', 'Partitions', 'Copies', 'Settings', 'Why'],
      topics.map(({ name, partitions, replicationFactor, configs, reasons }) => [
        code(name),
        String(partitions),
        String(replicationFactor),
        settings(configs),
        reasons.join('<br>'),
      ]),
    ),
    '',
    'Partitions can be added and never taken away. Adding them moves keys to other partitions, so records of one key may overtake each other around that moment: do it while nothing is written.',
    '',
    '## Groups',
    '',
    ...table(
      ['Consumer', 'Group', 'Reads', 'Order', 'Failures', 'Dead letters'],
      consumerPlans.map(({ id: consumer, group, topic, retryTopic, ordering, retry, deadLetter }) => [
        code(consumer),
        code(group),
        [...new Set([topic, retryTopic, ...retry.value.tiers.map((tier) => tier.topic)])]
          .map(code)
          .join('<br>'),
        plain(ordering.value === 'none' ? 'none promised' : `${ordering.value}: ${ordering.reason}`),
        plain(retry.reason),
        'topic' in deadLetter.value ? code(deadLetter.value.topic) : '',
      ]),
    ),
    '',
    'A group commits an offset only when every record before it is handled, waits in a retry topic or is a dead letter, confirmed. After a crash the records behind the last commit are delivered again; the README of the workspace says what each consumer does then.',
    '',
    '## Users',
    '',
    ...users.flatMap(({ name, allow }) => [
      `- ${code(name)}: ${allow.map((grant) => `${grant.operations.join(' and ')} ${grant.resource} ${code(grant.name)}`).join(', ')}`,
    ]),
    '',
  ].join('\n');
}

/** Settings by name; times in words, since nobody reads milliseconds. */
const settings = (configs: Readonly<Record<string, string>>): string =>
  Object.entries(configs)
    .map(([key, value]) =>
      key.endsWith('.ms')
        ? `${code(`${key}: ${value}`)} (${formatDuration(Number(value))})`
        : code(`${key}: ${value}`),
    )
    .join('<br>');
