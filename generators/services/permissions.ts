import { addressOf, type Service } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import { type Context, entries } from '../context.ts';
import { unsupported } from '../kit/problems.ts';

export type Permission = NonNullable<Service['permissions']>[number];

/** What users of a broker can be given beyond what their endpoints need; of the others all users have the same rights. */
const GRANTABLE: Readonly<Record<string, readonly Permission['may'][]>> = {
  rabbitmq: ['read', 'write', 'configure'],
  kafka: ['read', 'write'],
};

/** By service, what the design lets it do with channels of a broker. */
export function permissionsOn(
  { graph }: Context,
  broker: string,
): ReadonlyMap<string, readonly Permission[]> {
  const given = new Map<string, readonly Permission[]>();
  for (const { id, value } of entries(graph.design.services)) {
    const here = (value.permissions ?? []).filter(
      ({ channel }) => graph.channel(channel)?.value.broker === broker,
    );
    if (here.length > 0) given.set(id, here);
  }
  return given;
}

/** Permissions that are stated must cover what the endpoints of the service need; without any, they get just that. */
export function permissionProblems(
  context: Context,
  id: string,
  { permissions }: Service,
  brokers: ReadonlySet<string>,
): Problem[] {
  if (permissions === undefined) return [];
  const { graph } = context;
  const at = addressOf('services', id);
  const needs = needsOf(context, id);
  const includes = (list: readonly Permission[], { channel, may }: Permission) =>
    list.some((one) => one.channel === channel && one.may === may);
  const lacking = needs.filter((need) => !includes(permissions, need));
  const beyond = permissions.filter((permission) => !includes(needs, permission));
  return [
    ...lacking.map(({ channel, may }) =>
      unsupported(
        at,
        `its permissions lack ${may} on ${channel}, which its endpoints need.`,
        `Add { channel: ${channel}, may: ${may} }, or leave permissions out.`,
      ),
    ),
    ...beyond.flatMap(({ channel, may }) => {
      const broker = graph.channel(channel)?.value.broker ?? '';
      const kind = graph.design.brokers.get(broker)?.kind ?? '';
      if (brokers.has(broker) && GRANTABLE[kind]?.includes(may)) return [];
      const why = brokers.has(broker) ? `users of ${kind} cannot be given` : `it does not use ${broker}, for`;
      return [
        unsupported(
          at,
          `${why} ${may} on ${channel}, which none of its endpoints needs.`,
          'Leave it out: a service may do what its endpoints need.',
        ),
      ];
    }),
  ];
}

function needsOf({ graph }: Context, service: string): Permission[] {
  const { consumers, producers } = graph.design;
  const needs = (list: typeof consumers | typeof producers, may: Permission['may']): Permission[] =>
    entries(list).flatMap((endpoint) =>
      endpoint.value.channel !== undefined && graph.serviceOf(endpoint) === service
        ? [{ channel: endpoint.value.channel, may }]
        : [],
    );
  return [...needs(consumers, 'read'), ...needs(producers, 'write')];
}
