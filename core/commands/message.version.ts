import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';

export interface MessageVersionArgs {
  readonly message: string;
}

/** Begins a new version of a message: the present one is kept among the earlier ones, to be compared with. */
export const messageVersion = defineCommand({
  id: 'message.version',
  label: ({ message }: MessageVersionArgs) => `Begin a new version of ${message}`,
  history: 'record',
  apply: (design, { message }): Result<readonly Patch[], Problem> => {
    const found = design.messages.get(message);
    if (!found) return fail({ code: 'LOOM_COMMAND', message: `There is no message ${message}.` });
    if (found.schema === undefined)
      return fail({
        code: 'LOOM_COMMAND',
        message: `${message} has no schema that a new version could be compared with.`,
        hint: 'Write the schema of the present version first.',
      });
    const version = found.version ?? 1;
    const versions = [...(found.versions ?? []), { version, schema: found.schema }];
    return ok([
      { op: 'set', path: ['messages', message, 'version'], value: version + 1 },
      { op: 'set', path: ['messages', message, 'versions'], value: versions },
    ]);
  },
});
