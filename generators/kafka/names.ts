import { addressOf, type ElementAddress } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import type { Context } from '../context.ts';

/**
 * What Kafka takes as the name of a topic.
 * https://github.com/apache/kafka/blob/trunk/clients/src/main/java/org/apache/kafka/common/internals/Topic.java
 */
const MAX_LENGTH = 249;
const LEGAL = /^[a-zA-Z0-9._-]+$/;

/** Topic names that Kafka would refuse, or that it would mix up. */
export function nameProblems({ graph }: Context, broker: string): Problem[] {
  const names = new TopicNames();
  return [...graph.design.streams].flatMap(([id, { broker: on, name = id }]) => {
    if (on !== broker) return [];
    const element = graph.origins.get(addressOf('streams', id))?.address ?? addressOf('streams', id);
    return names.add(element, name, id);
  });
}

/** Names that are taken. Metrics write dots as underscores, so Kafka refuses two names that differ in nothing else. */
export class TopicNames {
  readonly #owners = new Map<string, string>();

  /** @param known names that are in order */
  constructor(known: readonly string[] = []) {
    for (const name of known) this.#owners.set(metricOf(name), name);
  }

  /** @param owner what the name is for, as the end of "is that of" */
  add(element: ElementAddress, name: string, owner: string): Problem[] {
    const reason = refusal(name, this.#owners.get(metricOf(name)));
    this.#owners.set(metricOf(name), owner);
    return reason === undefined ? [] : [problem(element, name, reason)];
  }
}

const metricOf = (name: string): string => name.replaceAll('.', '_');

function refusal(name: string, owner: string | undefined): string | undefined {
  if (owner !== undefined)
    return `is that of ${owner}, or differs only in dots and underscores, which Kafka does not tell apart.`;
  if (name.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters.`;
  if (!LEGAL.test(name) || name === '.' || name === '..')
    return 'has other characters than letters, digits, dots, underscores and hyphens.';
  return name.startsWith('__') ? 'begins with two underscores, as those of the broker itself do.' : undefined;
}

const problem = (element: ElementAddress, name: string, reason: string): Problem => ({
  code: 'LOOM_NAME',
  message: `${element}: the topic name ${JSON.stringify(name)} ${reason}`,
  hint: 'Give it another name.',
  element,
});
