import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  type QueueAttributeName,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type AwsConfig, clientSettings } from '../aws/config.ts';
import { Reach } from '../aws/reach.ts';
import { TopologyError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';

/** A client of SQS, and where its queues are. */
export class Queues {
  readonly client: SQSClient;
  readonly reach: Reach;
  readonly #urls = new Map<string, string>();
  readonly #probe = new ListQueuesCommand({ MaxResults: 1 });

  /** @throws ConfigurationError */
  constructor(config: AwsConfig, log: Logger) {
    // Otherwise requests would go to the host that a queue's address names, past the endpoint of the settings.
    this.client = new SQSClient({ ...clientSettings(config), useQueueUrlAsEndpoint: false });
    this.reach = new Reach('SQS', (options) => this.client.send(this.#probe, options), log);
  }

  /** @throws ConnectionLostError, ConfigurationError, or the signal's reason; being refused is an answer */
  async whenAnswering(signal: AbortSignal): Promise<void> {
    await this.reach
      .call((options) => this.client.send(this.#probe, options), signal)
      .catch((error) => {
        if (!this.reach.answers) throw error;
      });
  }

  /** The address of a queue. @throws TopologyError when there is none of that name */
  async urlOf(name: string, signal: AbortSignal): Promise<string> {
    const known = this.#urls.get(name);
    if (known !== undefined) return known;
    const command = new GetQueueUrlCommand({ QueueName: name });
    const { QueueUrl } = await this.reach
      .call((options) => this.client.send(command, options), signal)
      .catch((error) => {
        throw error instanceof TopologyError ? missing(name) : error;
      });
    if (QueueUrl === undefined) throw missing(name);
    this.#urls.set(name, QueueUrl);
    return QueueUrl;
  }

  /** @throws TopologyError when there is no such queue */
  async attributesOf<Name extends QueueAttributeName>(
    name: string,
    names: readonly Name[],
    signal: AbortSignal,
  ): Promise<Readonly<Partial<Record<string, string>>>> {
    const QueueUrl = await this.urlOf(name, signal);
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] });
    const { Attributes = {} } = await this.asking(
      name,
      (options) => this.client.send(command, options),
      signal,
    );
    return Attributes;
  }

  /** A request about a queue. @throws TopologyError that names the queue, when it is gone */
  async asking<T>(
    name: string,
    request: Parameters<typeof this.reach.call<T>>[0],
    signal: AbortSignal,
    withinMs?: number,
  ): Promise<T> {
    try {
      return await this.reach.call(request, signal, withinMs);
    } catch (error) {
      if (!(error instanceof TopologyError)) throw error;
      this.#urls.delete(name);
      throw missing(name);
    }
  }

  close(reason: Error): void {
    this.reach.close(reason);
    this.client.destroy();
  }
}

const missing = (name: string): TopologyError => new TopologyError(`The queue ${name} does not exist.`);
