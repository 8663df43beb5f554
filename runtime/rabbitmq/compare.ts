import type { TopologyDifference } from '../core/topology.ts';
import type {
  Arguments,
  BindingDeclaration,
  ExchangeDeclaration,
  QueueDeclaration,
  Topology,
} from '../core/types.ts';

/** How the design's elements differ from those that a broker has listed. */
export function compareTopology(wanted: Topology, found: Topology): readonly TopologyDifference[] {
  return [
    ...compareNamed('exchange', wanted.exchanges, found.exchanges.filter(isOwn), exchangeSettings),
    ...compareNamed('queue', wanted.queues, found.queues, queueSettings),
    ...compareBindings(wanted.bindings, found.bindings),
  ];
}

/** The broker's own exchanges: the default one, and those called amq.…. */
const isOwn = ({ name }: ExchangeDeclaration): boolean => name !== '' && !name.startsWith('amq.');

type Settings = Readonly<Record<string, unknown>>;

const exchangeSettings = ({
  type,
  durable,
  auto_delete,
  internal,
  arguments: args,
}: ExchangeDeclaration) => ({
  type,
  durable,
  auto_delete: auto_delete ?? false,
  internal: internal ?? false,
  ...args,
});

const queueSettings = ({ durable, auto_delete, arguments: args }: QueueDeclaration) => ({
  durable,
  auto_delete: auto_delete ?? false,
  ...args,
});

function compareNamed<T extends { readonly name: string }>(
  what: string,
  wanted: readonly T[],
  found: readonly T[],
  settingsOf: (element: T) => Settings,
): TopologyDifference[] {
  const present = new Map(found.map((element) => [element.name, settingsOf(element)]));
  const named = new Set(wanted.map(({ name }) => name));
  return [
    ...wanted.flatMap((element): TopologyDifference[] => {
      const label = `${what} ${element.name}`;
      const actual = present.get(element.name);
      if (actual === undefined) return [{ kind: 'missing', element: label }];
      const detail = changes(settingsOf(element), actual);
      return detail === '' ? [] : [{ kind: 'changed', element: label, detail }];
    }),
    ...found
      .filter(({ name }) => !named.has(name))
      .map(({ name }): TopologyDifference => ({ kind: 'extra', element: `${what} ${name}` })),
  ];
}

function changes(wanted: Settings, found: Settings): string {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort();
  return names
    .filter((name) => text(wanted[name]) !== text(found[name]))
    .map((name) => `${name} is ${text(found[name])}, the design says ${text(wanted[name])}`)
    .join('; ');
}

const text = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value));

/** Two bindings are the same only if all of their parts are, so one that was changed is one missing and one extra. */
function compareBindings(
  wanted: readonly BindingDeclaration[],
  found: readonly BindingDeclaration[],
): TopologyDifference[] {
  // Every queue is bound to the default exchange by its name, which nobody can change.
  const own = found.filter(({ source }) => source !== '');
  const has = (list: readonly BindingDeclaration[]) => new Set(list.map(bindingLabel));
  const [present, named] = [has(own), has(wanted)];
  return [
    ...[...named]
      .filter((label) => !present.has(label))
      .map((element): TopologyDifference => ({ kind: 'missing', element })),
    ...[...present]
      .filter((label) => !named.has(label))
      .map((element): TopologyDifference => ({ kind: 'extra', element })),
  ];
}

/** Names a binding by all of its parts. */
export function bindingLabel(binding: BindingDeclaration): string {
  const { source, destination, destination_type, routing_key, arguments: args = {} } = binding;
  const matches = Object.keys(args).length === 0 ? '' : ` where ${sorted(args)}`;
  return `binding ${source} → ${destination_type} ${destination} for ${JSON.stringify(routing_key)}${matches}`;
}

const sorted = (args: Arguments): string =>
  JSON.stringify(Object.fromEntries(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))));
