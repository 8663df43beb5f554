import { createTopicsV7, describeConfigsV4 } from '@platformatic/kafka';
import { pause } from '../core/backoff.ts';
import { TopologyError } from '../core/errors.ts';
import type { TopicDeclaration } from '../core/types.ts';
import { answerOf, assertNoError, errorId } from './answers.ts';
import type { Cluster } from './cluster.ts';

const topicResource = 2;
const brokersDefault = -1;
const createTimeoutMs = 10_000;

/**
 * Creates what is missing and changes nothing that exists.
 * @throws TopologyError when a topic exists with other partitions or settings
 */
export async function declareTopics(
  cluster: Cluster,
  topics: readonly TopicDeclaration[],
  signal: AbortSignal,
): Promise<void> {
  const names = topics.map(({ name }) => name);
  await cluster.refresh(new Set([...cluster.topicNames, ...names]));
  const missing = topics.filter(({ name }) => cluster.topic(name) === undefined);
  if (missing.length > 0) await create(cluster, missing);
  while (names.some((name) => !hasLeaders(cluster, name))) {
    signal.throwIfAborted();
    await pause(20, signal);
    await cluster.refresh(new Set([...cluster.topicNames, ...names]));
  }
  await assertSame(
    cluster,
    topics.filter((topic) => !missing.includes(topic)),
  );
}

function hasLeaders(cluster: Cluster, name: string): boolean {
  const topic = cluster.topic(name);
  return topic !== undefined && topic.leaders.length > 0 && topic.leaders.every((leader) => leader >= 0);
}

async function create(cluster: Cluster, topics: readonly TopicDeclaration[]): Promise<void> {
  const request = topics.map(({ name, partitions, replicationFactor = brokersDefault, configs = {} }) => ({
    name,
    numPartitions: partitions,
    replicationFactor,
    assignments: [],
    configs: Object.entries(configs).map(([config, value]) => ({ name: config, value })),
  }));
  const answer = await answerOf(
    createTopicsV7.api.async(await cluster.any(), request, createTimeoutMs, false),
  );
  for (const { name, errorCode, errorMessage } of answer.topics) {
    const id = errorId(errorCode);
    // Somebody else may have been faster; what it is like is looked at with the next declaration.
    if (id === 'NONE' || id === 'TOPIC_ALREADY_EXISTS') continue;
    throw new TopologyError(
      `The topic ${name} cannot be created: ${id}${errorMessage ? ` (${errorMessage})` : ''}.`,
    );
  }
}

async function assertSame(cluster: Cluster, topics: readonly TopicDeclaration[]): Promise<void> {
  for (const { name, partitions } of topics) {
    const found = cluster.topic(name)?.leaders.length;
    if (found !== partitions) {
      throw new TopologyError(`The topic ${name} exists with ${found} partitions instead of ${partitions}.`);
    }
  }
  const resources = topics
    .filter(({ configs }) => configs !== undefined)
    .map(({ name, configs = {} }) => ({
      resourceType: topicResource,
      resourceName: name,
      configurationKeys: Object.keys(configs),
    }));
  if (resources.length === 0) return;
  const request = describeConfigsV4.api.async(await cluster.any(), resources as never, false, false);
  for (const { resourceName, errorCode, errorMessage, configs } of (await answerOf(request)).results) {
    assertNoError(`the settings of ${resourceName}`, errorCode, errorMessage);
    const wanted = topics.find(({ name }) => name === resourceName)?.configs ?? {};
    for (const { name, value } of configs) {
      if (!(name in wanted) || wanted[name] === value) continue;
      throw new TopologyError(
        `The topic ${resourceName} exists with ${name}=${value} instead of ${wanted[name]}.`,
      );
    }
  }
}
