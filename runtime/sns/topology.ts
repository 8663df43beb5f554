import type { Topology } from '../core/types.ts';

/**
 * Topics and subscriptions as the generator writes them (`topics.json`). The bindings are for the memory transport: they
 * say what of a topic gets into which queue, as far as that depends on the message type.
 */
export interface SnsTopology extends Topology {
  readonly exchanges: readonly TopicDeclaration[];
  readonly subscriptions: readonly SubscriptionDeclaration[];
}

interface TopicDeclaration {
  readonly name: string;
  readonly type: 'topic';
  readonly durable: true;
  readonly arguments?: {
    /** By the names of SNS: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
    readonly attributes?: Readonly<Record<string, string>>;
  };
}

/** A topic that delivers to a queue of SQS in the same account and region. */
export interface SubscriptionDeclaration {
  readonly topic: string;
  readonly queue: string;
  /** By the names of SNS: https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
  readonly attributes: Readonly<Record<string, string>>;
  /** Queue for what could not be delivered. */
  readonly deadLetter?: string;
}
