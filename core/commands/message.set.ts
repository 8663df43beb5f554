import { fail, ok, type Problem, type Result } from '../result.ts';
import { difference } from '../text/difference.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';

export interface MessageSetArgs {
  readonly message: string;
  readonly field: 'schema' | 'examples';
  /** `undefined` takes it out. */
  readonly value: unknown;
}

/** Gives a message another schema or other examples; only what differs is written. */
export const messageSet = defineCommand({
  id: 'message.set',
  label: ({ message, field }: MessageSetArgs) => `Edit the ${field} of ${message}`,
  history: 'merge',
  mergeOn: ({ message, field }) => `${message} ${field}`,
  apply: (design, { message, field, value }): Result<readonly Patch[], Problem> => {
    const found = design.messages.get(message);
    if (!found)
      return fail({
        code: 'LOOM_COMMAND',
        message: `There is no message ${message}.`,
        hint: 'It may have been deleted or renamed.',
      });
    return ok(difference(['messages', message, field], found[field], value));
  },
});
