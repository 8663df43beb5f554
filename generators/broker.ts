import type { BrokerKind } from '../core/kinds/brokers.ts';
import type { ChannelSection } from '../core/kinds/registry.ts';
import { ok, type Result } from '../core/result.ts';
import type { Context } from './context.ts';
import type { ConsumerPlan, Decision, ProducerPlan } from './endpoint.ts';
import type { Output } from './kit/output.ts';
import type { BrokerMonitoring } from './observability/monitoring.ts';

/** A service of a compose file (https://github.com/compose-spec/compose-spec), as data. */
export type ComposeService = Readonly<Record<string, unknown>>;

/** What the compose file runs for a broker. */
export interface BrokerCompose {
  /** The broker itself under its id, and what belongs to it, by name. */
  readonly services: Readonly<Record<string, ComposeService>>;
  /** Files that these services are built from, by path; several brokers may name the same. */
  readonly files?: Readonly<Record<string, string>>;
  /** Named volumes of these services. */
  readonly volumes: readonly string[];
  /** What must be true before a service that uses the broker starts: conditions of `depends_on` by name. */
  readonly ready: Readonly<Record<string, 'service_healthy' | 'service_completed_successfully'>>;
}

/** How long a task may take, and how often its process may die. */
export interface TaskLimits {
  /** In ms; the handler gets an exception and can clean up. */
  readonly softMs: Decision<number>;
  /** In ms; the process is killed. */
  readonly hardMs: Decision<number>;
  readonly maxRedeliveries: number;
  /** Tasks that a worker reserves for each of its processes. */
  readonly prefetchMultiplier: number;
}

/** Of a broker whose messages another broker carries, and whose consumers are workers in Python. */
export interface CarriedPlan {
  /** Id and kind of that other broker. */
  readonly by: string;
  readonly kind: 'redis' | 'rabbitmq';
  /** In ms: after which time an unacknowledged task is handed out again, where the carrier does not know of a lost connection. */
  readonly visibility: Decision<number>;
  /** By the id of the consumer. */
  readonly tasks: ReadonlyMap<string, TaskLimits>;
}

/** What the services and tools of a workspace need to know of a broker. */
export interface BrokerAccess {
  readonly id: string;
  /** Prefix of its environment variables, such as `WORK`. */
  readonly env: string;
  /**
   * Entry point below the messaging package, the function that makes a transport from the environment, and the one that
   * makes what compares the broker with its topology.
   */
  readonly transport: { readonly module: string; readonly factory: string; readonly admin: string };
  /** Its file below `brokers/<id>/` that tools and the memory transport read, and the type of what is in it. */
  readonly topology: {
    readonly file: string;
    readonly type:
      | 'Topology'
      | 'KafkaTopology'
      | 'KinesisTopology'
      | 'RedisTopology'
      | 'SnsTopology'
      | 'SqsTopology';
  };
  /** Its URL without credentials: for the other services of the compose file, and for programs on this machine. */
  readonly url: { readonly inside: string; readonly outside: string };
  /** Its HTTP API for tools, where it has one. */
  readonly management?: { readonly inside: string; readonly outside: string };
  /** Further settings of services and tools, wherever they run, by their variables. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Who gets an access key, by the name of the file in `secrets/`; nobody where users have passwords. */
  readonly accessKeys?: readonly string[];
  /** Where its consumers share by leases, which their store keeps: milliseconds between two reads of a shard. */
  readonly leases?: { readonly pollMs: number };
  /** Further settings of tools that run outside of the compose file, by their variables. */
  readonly toolSettings?: Readonly<Record<string, string>>;
  readonly consumers: ReadonlyMap<string, ConsumerPlan>;
  readonly producers: ReadonlyMap<string, ProducerPlan>;
  readonly carried?: CarriedPlan;
}

/** Sentences for the README of the workspace that hold for one kind of broker. */
export interface BrokerNotes {
  /** What a confirmed send means, beyond what holds everywhere. */
  readonly sending: string;
  /** What acknowledging means here. */
  readonly receiving: string;
  /** How the set-up gets to a cluster that the compose file does not run. */
  readonly cluster: string;
}

export interface BrokerGenerator<Plan extends BrokerAccess = BrokerAccess> {
  readonly id: BrokerKind;
  readonly label: string;
  readonly supports: Readonly<Record<ChannelSection, 'native' | 'emulated' | 'unsupported'>>;
  readonly notes: BrokerNotes;
  /** Takes all decisions for the channels, producers and consumers of one broker. */
  plan(context: Context, broker: string): Result<Plan>;
  /** Writes the broker's own configuration. Takes no decisions. */
  emit(plan: Plan, out: Output): void;
  compose(plan: Plan): BrokerCompose;
  monitor(plan: Plan): BrokerMonitoring;
}

/** A broker with its decisions taken. */
export interface PlannedBroker {
  readonly label: string;
  readonly notes: BrokerNotes;
  readonly access: BrokerAccess;
  readonly compose: BrokerCompose;
  readonly monitoring: BrokerMonitoring;
  emit(out: Output): void;
}

export interface BrokerTarget extends Pick<BrokerGenerator, 'id' | 'label' | 'supports'> {
  plan(context: Context, broker: string): Result<PlannedBroker>;
}

/** Hides the plan's type, so that generators of different brokers stand in one registry. */
export const defineBroker = <Plan extends BrokerAccess>(generator: BrokerGenerator<Plan>): BrokerTarget => ({
  id: generator.id,
  label: generator.label,
  supports: generator.supports,
  plan(context, broker) {
    const plan = generator.plan(context, broker);
    if (!plan.ok) return plan;
    return ok({
      label: generator.label,
      notes: generator.notes,
      access: plan.value,
      compose: generator.compose(plan.value),
      monitoring: generator.monitor(plan.value),
      emit: (out: Output) => generator.emit(plan.value, out),
    });
  },
});
