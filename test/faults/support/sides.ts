import type { ProbeBroker } from '../matrix/fault.ts';
import type { Workspace } from '../workspace.ts';
import { kafkaSide } from './kafkaSide.ts';
import type { Side } from './probe.ts';
import { rabbitSide } from './rabbitSide.ts';

/** How each broker of the matrix is set up for a workspace. */
export const sides = {
  rabbitmq: rabbitSide,
  kafka: kafkaSide,
} as const satisfies Readonly<Record<ProbeBroker, (workspace: Workspace) => Promise<Side>>>;
