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
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const [id, { broker: on, name = id }] of graph.design.streams) {
    if (on !== broker) continue;
    // Metrics write both as an underscore, so Kafka refuses two names that differ in nothing else.
    const metric = name.replaceAll('.', '_');
    const reason = refusal(name, owners.get(metric));
    if (reason) {
      const element = graph.origins.get(addressOf('streams', id))?.address ?? addressOf('streams', id);
      problems.push(problem(element, name, reason));
    }
    owners.set(metric, id);
  }
  return problems;
}

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
