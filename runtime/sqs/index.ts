import { type AwsConfig, awsConfigFromEnv } from '../aws/config.ts';
import type { TopologyAdmin } from '../core/topology.ts';
import type { Transport } from '../core/types.ts';
import { SqsAdmin } from './admin.ts';
import type { SqsTopology } from './topology.ts';
import { SqsTransport } from './transport.ts';

export type { AwsConfig } from '../aws/config.ts';
export type { SqsQueueArguments, SqsQueueDeclaration, SqsTopology } from './topology.ts';

/** A transport over SQS, standard and FIFO queues. Connects when the service starts. */
export function sqs(config: AwsConfig): Transport {
  return new SqsTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function sqsFromEnv(prefix = 'SQS'): Transport {
  return sqs(awsConfigFromEnv(prefix));
}

/** Compares the queues of an account with a design, and adds what is missing. For tools. */
export function sqsAdmin(config: AwsConfig, topology: SqsTopology): TopologyAdmin {
  return new SqsAdmin(config, topology);
}

/** @throws ConfigurationError */
export function sqsAdminFromEnv(prefix: string, topology: SqsTopology): TopologyAdmin {
  return sqsAdmin(awsConfigFromEnv(prefix), topology);
}
