import type { Topology } from '../core/types.ts';

/** Queues as the generator writes them (`queues.json`): name, and attributes by the names of SQS. */
export interface SqsTopology extends Topology {
  readonly queues: readonly SqsQueueDeclaration[];
}

export interface SqsQueueDeclaration {
  readonly name: string;
  readonly durable: true;
  readonly arguments?: SqsQueueArguments;
}

/**
 * What the names of AWS alone can say is under `attributes`
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html); what needs the ARN
 * of something else is put together when the queue is made.
 */
export type SqsQueueArguments = {
  readonly attributes?: Readonly<Record<string, string>>;
  /** The redrive policy: where SQS itself moves a message that was received more often than that. */
  readonly redrive?: { readonly queue: string; readonly maxReceiveCount: number };
  /** Topics of SNS, in the same account and region, that may send to it. */
  readonly topics?: readonly string[];
  /** What is in this dead-letter queue is not of one queue alone, whatever redrive policies say: it goes back one by one. */
  readonly mixed?: boolean;
};
