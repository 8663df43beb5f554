import type { Design } from '../design/design.ts';
import type { Problem, Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';

/** How a command enters the history: as a step, as part of the step before it when that had the same command and target, or not at all. */
export type HistoryPolicy = 'record' | 'merge';

/** One user action. It looks at a design and says what is to change; it never changes anything itself. */
export interface CommandDefinition<Id extends string, Args> {
  readonly id: Id;
  /** What the history panel and the menu show. */
  readonly label: (args: Args) => string;
  readonly history: HistoryPolicy;
  /** What merges into one step; missing = changes of the same paths. */
  readonly mergeOn?: (args: Args) => string;
  readonly apply: (design: Design, args: Args) => Result<readonly Patch[], Problem>;
}

export const defineCommand = <const Id extends string, Args>(
  command: CommandDefinition<Id, Args>,
): CommandDefinition<Id, Args> => command;
