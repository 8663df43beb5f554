import { GetTopicAttributesCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { type AwsConfig, clientSettings } from '../aws/config.ts';
import { Reach } from '../aws/reach.ts';
import { TopologyError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';

/** A client of SNS, and the ARNs of its topics. */
export class Topics {
  readonly client: SNSClient;
  readonly reach: Reach;
  #arns: ReadonlyMap<string, string> = new Map();
  #listing: Promise<void> | undefined;

  /** @throws ConfigurationError */
  constructor(config: AwsConfig, log: Logger) {
    this.client = new SNSClient(clientSettings(config));
    const probe = new ListTopicsCommand({});
    this.reach = new Reach('SNS', (options) => this.client.send(probe, options), log);
  }

  /** @throws TopologyError when there is no topic of that name */
  async arnOf(name: string, signal: AbortSignal): Promise<string> {
    const arn = await this.find(name, signal);
    if (arn === undefined) throw new TopologyError(`The topic ${name} does not exist.`);
    return arn;
  }

  /** A request would make a topic by the way if it asked for its ARN by name: so the list is looked through. */
  async find(name: string, signal: AbortSignal): Promise<string | undefined> {
    if (!this.#arns.has(name)) {
      this.#listing ??= this.#list(signal).finally(() => {
        this.#listing = undefined;
      });
      await this.#listing;
    }
    return this.#arns.get(name);
  }

  /** A topic is not known any more: it was deleted, or is about to be made. */
  forget(name: string): void {
    this.#arns = new Map([...this.#arns].filter(([known]) => known !== name));
  }

  async attributesOf(arn: string, signal: AbortSignal): Promise<Readonly<Partial<Record<string, string>>>> {
    const command = new GetTopicAttributesCommand({ TopicArn: arn });
    const { Attributes = {} } = await this.reach.call(
      (options) => this.client.send(command, options),
      signal,
    );
    return Attributes;
  }

  close(reason: Error): void {
    this.reach.close(reason);
    this.client.destroy();
  }

  async #list(signal: AbortSignal): Promise<void> {
    const arns = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const command = new ListTopicsCommand(NextToken === undefined ? {} : { NextToken });
      const page = await this.reach.call((options) => this.client.send(command, options), signal);
      for (const { TopicArn = '' } of page.Topics ?? []) arns.set(TopicArn.split(':').at(-1) ?? '', TopicArn);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    this.#arns = arns;
  }
}
