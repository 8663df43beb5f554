import { addressOf } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import type { Context } from '../context.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
const isLegalStream = (name: string): boolean => /^[a-zA-Z0-9_.-]{1,128}$/.test(name);

/** Groups are names of the library, in keys of its store. */
export const isLegalGroup = (name: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,248}$/.test(name);

/** Stream names that Kinesis does not take, or that two streams have. */
export function nameProblems({ graph }: Context, broker: string): Problem[] {
  const owners = new Map<string, string>();
  return [...graph.design.streams].flatMap(([id, { broker: on, name = id }]) => {
    if (on !== broker) return [];
    const owner = owners.get(name);
    owners.set(name, owner ?? id);
    const reason =
      owner === undefined
        ? isLegalStream(name)
          ? undefined
          : 'has other characters than letters, digits, dots, underscores and hyphens, or more than 128 of them.'
        : `is that of ${owner}.`;
    const element = graph.origins.get(addressOf('streams', id))?.address ?? addressOf('streams', id);
    return reason === undefined
      ? []
      : [
          {
            code: 'LOOM_NAME' as const,
            message: `${element}: the stream name ${JSON.stringify(name)} ${reason}`,
            hint: 'Give it another name.',
            element,
          },
        ];
  });
}
