import type { Broker } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { patternFault } from '../../regex/backtracking.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { isAtLeast, versionOf } from '../../review/support/versions.ts';
import type { Patch } from '../../text/patch.ts';

type Policy = NonNullable<Broker['policies']>[number];

export const mirroringRemoved = defineRule({
  id: 'rabbitmq/mirroring-removed',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'Queues are replicated as quorum queues',
    docs: {
      what: 'From RabbitMQ 4.0 no policy of a broker may set `ha-mode` or another key that starts with `ha-`: mirroring of classic queues was removed, and the keys have no effect. The version is that of the broker, or 4.3 where it is missing.',
      why: 'A cluster that was upgraded keeps the policy and shows it as applied, while every classic queue lives on one node alone. The first node that fails takes its queues, and what they held, out of service.',
    },
    sources: [sources.rabbitDeprecated, sources.rabbitQuorum],
  },
  options: noOptions,
  messages: {
    policy: {
      message:
        'Broker {broker} (RabbitMQ {version}) mirrors queues by policy {policies}; mirroring was removed in 4.0.',
      consequence: 'Each classic queue is on one node alone and is lost with it.',
    },
  },
  needs: [],
  each: {
    brokers({ graph, report }, { id, value: broker }) {
      if (broker.kind !== 'rabbitmq' || !isAtLeast(broker, 4, 0)) return;
      const mirroring = (broker.policies ?? []).filter(isMirroring);
      if (mirroring.length === 0) return;
      report({
        at: `brokers/${id}`,
        field: 'policies',
        messageId: 'policy',
        data: {
          broker: id,
          version: versionOf(broker),
          policies: listed(mirroring.map(({ name }) => name)),
        },
        fix: quorumFix(graph, id, broker.policies ?? []),
      });
    },
  },
});

const isMirroringKey = (key: string): boolean => key.startsWith('ha-');
const isMirroring = ({ definition = {} }: Policy): boolean => Object.keys(definition).some(isMirroringKey);

/** Drops the keys without effect, and makes quorum queues of the classic queues that they were meant for. */
function quorumFix(graph: Graph, broker: string, policies: readonly Policy[]): FixProposal {
  const kept = policies.flatMap((policy) => {
    if (!isMirroring(policy)) return [policy];
    const rest = Object.entries(policy.definition ?? {}).filter(([key]) => !isMirroringKey(key));
    return rest.length > 0 ? [{ ...policy, definition: Object.fromEntries(rest) }] : [];
  });
  const queues = [...graph.design.queues].filter(
    ([id, value]) =>
      value.broker === broker &&
      value.type === 'classic' &&
      value.exclusive !== true &&
      !graph.origins.has(`queues/${id}`) &&
      policies.some((policy) => isMirroring(policy) && matches(policy.pattern, value.name ?? id)),
  );
  const path = ['brokers', broker, 'policies'];
  const patches: readonly Patch[] = [
    kept.length > 0 ? { op: 'set', path, value: kept } : { op: 'remove', path },
    ...queues.flatMap(([id, value]): Patch[] => [
      { op: 'set', path: ['queues', id, 'type'], value: 'quorum' },
      ...(value.durable === false
        ? [{ op: 'set' as const, path: ['queues', id, 'durable'], value: true }]
        : []),
    ]),
  ];
  return {
    label:
      queues.length > 0 ? 'Make quorum queues of the mirrored queues' : 'Drop the policy keys without effect',
    patches: () => patches,
  };
}

/** A pattern that is none in JavaScript, or too costly to try, is taken to match nothing. */
const matches = (pattern: string, name: string): boolean =>
  patternFault(pattern) === undefined && new RegExp(pattern, 'u').test(name);
