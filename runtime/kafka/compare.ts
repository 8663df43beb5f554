import { ConfigSources } from '@platformatic/kafka';
import type { TopologyDifference } from '../core/topology.ts';
import type { TopicDeclaration } from '../core/types.ts';

/** A topic as the broker has it. */
export interface FoundTopic {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: readonly FoundSetting[];
}

export interface FoundSetting {
  readonly name: string;
  readonly value?: string | null | undefined;
  readonly configSource: number;
}

/**
 * How the broker differs from the topics of a design. Settings that the design does not name are the broker's business,
 * unless somebody has set them for this very topic.
 */
export function compareTopics(
  declared: readonly TopicDeclaration[],
  found: ReadonlyMap<string, FoundTopic>,
): TopologyDifference[] {
  const names = new Set(declared.map(({ name }) => name));
  const extra = [...found.keys()].filter((name) => !names.has(name)).sort();
  return [
    ...declared.flatMap((topic): TopologyDifference[] => {
      const there = found.get(topic.name);
      const element = `topic ${topic.name}`;
      if (there === undefined) return [{ kind: 'missing', element }];
      return changes(topic, there).map((detail) => ({ kind: 'changed', element, detail }));
    }),
    ...extra.map((name): TopologyDifference => ({ kind: 'extra', element: `topic ${name}` })),
  ];
}

function changes(
  { partitions, replicationFactor, configs = {} }: TopicDeclaration,
  there: FoundTopic,
): string[] {
  const values = new Map(there.configs.map((setting) => [setting.name, setting]));
  const differs = (what: string, design: unknown, broker: unknown): string[] =>
    String(design) === String(broker)
      ? []
      : [`${what} is ${design} in the design and ${broker} on the broker`];
  const own = there.configs
    .filter(
      ({ name, configSource }) =>
        configSource === ConfigSources.DYNAMIC_TOPIC_CONFIG && !Object.hasOwn(configs, name),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...differs('partitions', partitions, there.partitions),
    ...(replicationFactor === undefined
      ? []
      : differs('replication', replicationFactor, there.replicationFactor)),
    ...Object.entries(configs).flatMap(([name, value]) =>
      differs(name, value, values.get(name)?.value ?? 'unknown'),
    ),
    ...own.map(({ name, value }) => `${name} is not in the design and ${value} on the broker`),
  ];
}
