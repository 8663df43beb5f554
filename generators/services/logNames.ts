import { addressOf } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import type { Context } from '../context.ts';

/** A name that needs no quotes in a shell and means nothing in the patterns of an access rule. */
export const isPlainName = (name: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,248}$/.test(name);

/** What is wrong with the name of a group that the library itself keeps; nothing where it is plain. */
export const plainGroup = (group: string): string | undefined =>
  isPlainName(group)
    ? undefined
    : `the group name ${JSON.stringify(group)} has other characters than letters, digits, dots, underscores and hyphens.`;

/**
 * Stream names that are not legal, or that two streams have.
 * @param tooMuch how many characters are too many, as the end of a sentence
 */
export const streamNames =
  (isLegal: (name: string) => boolean, tooMuch: string) =>
  ({ graph }: Context, broker: string): Problem[] => {
    const owners = new Map<string, string>();
    return [...graph.design.streams].flatMap(([id, { broker: on, name = id }]) => {
      if (on !== broker) return [];
      const owner = owners.get(name);
      owners.set(name, owner ?? id);
      if (owner === undefined && isLegal(name)) return [];
      const reason =
        owner === undefined
          ? `has other characters than letters, digits, dots, underscores and hyphens, or ${tooMuch}.`
          : `is that of ${owner}.`;
      const element = graph.origins.get(addressOf('streams', id))?.address ?? addressOf('streams', id);
      return [
        {
          code: 'LOOM_NAME' as const,
          message: `${element}: the stream name ${JSON.stringify(name)} ${reason}`,
          hint: 'Give it another name.',
          element,
        },
      ];
    });
  };
