import { type AwsConfig, awsConfigFromEnv } from '../aws/config.ts';
import type { TopologyAdmin } from '../core/topology.ts';
import type { Transport } from '../core/types.ts';
import { SnsAdmin } from './admin.ts';
import type { SnsTopology } from './topology.ts';
import { SnsTransport } from './transport.ts';

export type { AwsConfig } from '../aws/config.ts';
export type { SnsTopology, SubscriptionDeclaration } from './topology.ts';

/** A transport that publishes to topics of SNS. Connects when the service starts. */
export function sns(config: AwsConfig): Transport {
  return new SnsTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function snsFromEnv(prefix = 'SNS'): Transport {
  return sns(awsConfigFromEnv(prefix));
}

/** Compares the topics of an account and their subscriptions with a design, and adds what is missing. For tools. */
export function snsAdmin(config: AwsConfig, topology: SnsTopology): TopologyAdmin {
  return new SnsAdmin(config, topology);
}

/** @throws ConfigurationError */
export function snsAdminFromEnv(prefix: string, topology: SnsTopology): TopologyAdmin {
  return snsAdmin(awsConfigFromEnv(prefix), topology);
}
