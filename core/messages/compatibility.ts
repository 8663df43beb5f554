import type { Message } from '../design/design.ts';
import { type Obstacle, obstaclesOf } from './readable.ts';

export type CompatibilityMode = NonNullable<Message['compatibility']>;

/** `backward`: who knows the new version reads the old one. `forward`: who knows the old one reads the new one. */
export type Direction = 'backward' | 'forward';

/** An earlier version against the present one, in one direction. */
export interface VersionCheck {
  readonly earlier: number;
  readonly current: number;
  readonly direction: Direction;
  /** Whether the mode of the message asks for it. */
  readonly isAsked: boolean;
  /** `unknown`: nothing certain speaks against it, but not all could be compared. */
  readonly verdict: 'compatible' | 'breaking' | 'unknown';
  readonly obstacles: readonly Obstacle[];
}

/** The mode of a message: what it says, else what is needed to read a log again, else what a queue needs. */
export const modeOf = ({ compatibility }: Message, isOnLog: boolean): CompatibilityMode =>
  compatibility ?? (isOnLog ? 'backward_transitive' : 'backward');

/** Compares the present version of a message with every earlier one, the newest of them first, in both directions. */
export function checkVersions(message: Message, mode: CompatibilityMode): readonly VersionCheck[] {
  const current = message.version ?? 1;
  const earlier = (message.versions ?? [])
    .filter(({ version }) => version < current)
    .sort((a, b) => b.version - a.version);
  return earlier.flatMap((old, index) =>
    (['backward', 'forward'] as const).map((direction) => {
      const isAsked =
        (mode.startsWith(direction) || mode.startsWith('full')) &&
        (index === 0 || mode.endsWith('_transitive'));
      const obstacles = between(message.schema, old.schema, direction);
      return { earlier: old.version, current, direction, isAsked, verdict: verdictOf(obstacles), obstacles };
    }),
  );
}

function between(
  now: Message['schema'],
  before: Message['schema'],
  direction: Direction,
): readonly Obstacle[] {
  if (now === undefined || before === undefined)
    return [{ pointer: '', message: 'One of the two versions has no schema.', isCertain: false }];
  return direction === 'backward' ? obstaclesOf(now, before) : obstaclesOf(before, now);
}

function verdictOf(obstacles: readonly Obstacle[]): VersionCheck['verdict'] {
  if (obstacles.some(({ isCertain }) => isCertain)) return 'breaking';
  return obstacles.length > 0 ? 'unknown' : 'compatible';
}
