import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import type { Problem } from '../../core/result.ts';
import { unsupported } from '../kit/problems.ts';

/** Consumer group; begins with the service, so that no two services share the messages by accident. */
export const groupOf = ({ id, value }: Named<Consumer>): string =>
  value.group ?? `${value.service ?? id}.${id}`;

/**
 * Members of a group share its messages, so two consumers with one group would each miss some.
 * @param messages what the broker calls them, such as `records`
 */
export function sharedGroups(consumers: readonly Named<Consumer>[], messages: string): Problem[] {
  const owners = new Map<string, string>();
  return consumers.flatMap((consumer) => {
    const group = groupOf(consumer);
    const owner = owners.get(group);
    owners.set(group, owner ?? consumer.id);
    return owner === undefined
      ? []
      : [
          unsupported(
            addressOf('consumers', consumer.id),
            `its group ${group} is that of ${owner}: each would get only a part of the ${messages}.`,
            'Leave group out, or give each consumer its own.',
          ),
        ];
  });
}
