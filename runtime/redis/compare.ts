import type { TopologyDifference } from '../core/topology.ts';
import type { GroupDeclaration, StreamDeclaration } from './streams.ts';

/** A stream as Redis has it. */
export interface FoundStream {
  /** What was declared. */
  readonly declared: StreamDeclaration;
  /** Whether all its keys are there. */
  readonly present: boolean;
  /** Groups that all its keys have. */
  readonly groups: ReadonlySet<string>;
}

/** How Redis differs from the streams of a design. */
export function compareStreams(
  design: readonly StreamDeclaration[],
  found: ReadonlyMap<string, FoundStream>,
): TopologyDifference[] {
  const names = new Set(design.map(({ name }) => name));
  const extra = [...found.keys()].filter((name) => !names.has(name)).sort();
  return [
    ...design.flatMap((stream) => differences(stream, found.get(stream.name))),
    ...extra.map((name): TopologyDifference => ({ kind: 'extra', element: elementOf(name) })),
  ];
}

const elementOf = (name: string): string => `stream ${name}`;

function differences(stream: StreamDeclaration, there: FoundStream | undefined): TopologyDifference[] {
  const element = elementOf(stream.name);
  if (there === undefined) return [{ kind: 'missing', element }];
  const known = new Map((there.declared.groups ?? []).map((group) => [group.name, group]));
  const details = [
    ...differs('partitions', stream.partitions, there.declared.partitions),
    ...differs('trim', stream.trim, there.declared.trim),
    ...(stream.groups ?? []).flatMap((group) => groupChanges(group, known.get(group.name))),
  ];
  const changed = details.map((detail): TopologyDifference => ({ kind: 'changed', element, detail }));
  if (!there.present) return [{ kind: 'missing', element }, ...changed];
  const absent = (stream.groups ?? []).filter(({ name }) => !known.has(name) || !there.groups.has(name));
  return [
    ...changed,
    ...absent.map(
      ({ name }): TopologyDifference => ({
        kind: 'missing',
        element: `group ${name} of ${element}`,
      }),
    ),
  ];
}

const groupChanges = (group: GroupDeclaration, there: GroupDeclaration | undefined): string[] =>
  there === undefined ? [] : differs(`group ${group.name}`, group, there);

function differs(what: string, design: unknown, redis: unknown): string[] {
  const [wanted, found] = [canonical(design), canonical(redis)];
  return wanted === found ? [] : [`${what} is ${wanted} in the design and ${found} at Redis`];
}

/** The same for objects of the same content. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? 'none');
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, item]) => `${name}: ${canonical(item)}`).join(', ')}}`;
}
