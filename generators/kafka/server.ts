import type { Broker } from '../../core/design/design.ts';
import { parseDuration, parseSize } from '../../core/units.ts';
import { OPERATOR } from './users.ts';

/** Ports in the container. Only the last two are reached from outside of it. */
export const PORTS = { controller: 9093, local: 9094, inside: 9092, outside: 19_092 } as const;

export interface ServerSettings {
  /** Name under which other containers reach the broker. */
  readonly host: string;
  /** Port on this machine's loopback under which programs outside of the containers reach it. */
  readonly outsidePort: number;
  readonly limits: Pick<Broker, 'maxMessageSize' | 'offsetsRetention'>;
}

/** One group of settings with the reason for it. */
export interface PropertyGroup {
  readonly reason: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Configuration of one node that is broker and controller (https://kafka.apache.org/documentation/#brokerconfigs), for
 * the container and for a broker that is started without one. Holds no secrets: the users are in the broker's metadata.
 */
export function serverProperties({ host, outsidePort, limits }: ServerSettings): readonly PropertyGroup[] {
  const bytes = parseSize(limits.maxMessageSize ?? '');
  const retention = parseDuration(limits.offsetsRetention ?? '');
  const login = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return [
    {
      reason: 'One node with both roles, for work on one machine; a cluster is set up where it runs.',
      properties: {
        'process.roles': 'broker,controller',
        'node.id': '1',
        'controller.quorum.bootstrap.servers': `localhost:${PORTS.controller}`,
        'controller.listener.names': 'CONTROLLER',
        'log.dirs': '/var/lib/kafka/data',
      },
    },
    {
      reason:
        'Clients are told the address under which they can come back: containers the name of this one, others loopback. CONTROLLER and LOCAL cannot be reached from outside of the container.',
      properties: {
        listeners: `CONTROLLER://localhost:${PORTS.controller},LOCAL://localhost:${PORTS.local},INSIDE://:${PORTS.inside},OUTSIDE://:${PORTS.outside}`,
        'advertised.listeners': `LOCAL://localhost:${PORTS.local},INSIDE://${host}:${PORTS.inside},OUTSIDE://127.0.0.1:${outsidePort}`,
        'inter.broker.listener.name': 'LOCAL',
        'listener.security.protocol.map':
          'CONTROLLER:PLAINTEXT,LOCAL:PLAINTEXT,INSIDE:SASL_PLAINTEXT,OUTSIDE:SASL_PLAINTEXT',
      },
    },
    {
      reason:
        'Whoever comes from outside proves who it is, and may do what it was allowed to. Without a name is only the broker itself, on the two listeners that nobody else reaches.',
      properties: {
        'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
        'listener.name.inside.scram-sha-512.sasl.jaas.config': login,
        'listener.name.outside.scram-sha-512.sasl.jaas.config': login,
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': `User:ANONYMOUS;User:${OPERATOR}`,
      },
    },
    {
      reason: 'A typing error must not create a topic.',
      properties: { 'auto.create.topics.enable': 'false' },
    },
    {
      reason: 'The topics of the broker itself have as many copies as there are nodes.',
      properties: {
        'offsets.topic.replication.factor': '1',
        'transaction.state.log.replication.factor': '1',
        'transaction.state.log.min.isr': '1',
        'share.coordinator.state.topic.replication.factor': '1',
        'share.coordinator.state.topic.min.isr': '1',
      },
    },
    {
      reason: 'A group on one machine need not wait for members that start later.',
      properties: { 'group.initial.rebalance.delay.ms': '0' },
    },
    ...(bytes === undefined
      ? []
      : [
          {
            reason: 'Largest compressed batch, as the design says.',
            properties: { 'message.max.bytes': String(Math.round(bytes)) },
          },
        ]),
    ...(retention === undefined
      ? []
      : [
          {
            reason: 'How long the offsets of a group without members are kept, as the design says.',
            properties: { 'offsets.retention.minutes': String(Math.ceil(retention / 60_000)) },
          },
        ]),
  ];
}
