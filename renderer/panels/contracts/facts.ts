import type { Message } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import {
  type CompatibilityMode,
  checkVersions,
  modeOf,
  type VersionCheck,
} from '../../../core/messages/compatibility.ts';
import { checkExamples, type ExampleCheck } from '../../../core/messages/examples.ts';
import { isOnLog, usersOf } from '../../../core/messages/usage.ts';

/** All that the panel says of one message. */
export interface ContractFacts {
  readonly id: string;
  readonly message: Message;
  readonly version: number;
  readonly examples: ExampleCheck;
  readonly mode: CompatibilityMode;
  readonly checks: readonly VersionCheck[];
  readonly users: ReturnType<typeof usersOf>;
  /** What is wrong with it, for its line in the list. */
  readonly faults: readonly string[];
}

export function factsOf(graph: Graph, id: string): ContractFacts | undefined {
  const message = graph.design.messages.get(id);
  if (!message) return undefined;
  const examples = checkExamples(message.schema, message.examples ?? []);
  const mode = modeOf(message, isOnLog(graph, id));
  const checks = checkVersions(message, mode);
  const misfits = examples.status === 'checked' ? examples.verdicts.filter(({ fits }) => !fits).length : 0;
  const breaking = checks.filter(({ isAsked, verdict }) => isAsked && verdict === 'breaking');
  return {
    id,
    message,
    version: message.version ?? 1,
    examples,
    mode,
    checks,
    users: usersOf(graph, id),
    faults: [
      ...(message.schema === undefined ? ['no schema'] : []),
      ...(misfits > 0 ? [misfits === 1 ? 'one example does not fit' : `${misfits} examples do not fit`] : []),
      ...(breaking.length > 0 ? [`breaks version ${breaking[0]?.earlier}`] : []),
    ],
  };
}
