import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { AwsConfig } from '../aws/config.ts';
import { ClosedError, TopologyError } from '../core/errors.ts';
import { createLogger } from '../core/log.ts';
import type { ApplyReport, TopologyAdmin, TopologyDifference, TopologyReport } from '../core/topology.ts';
import { queueArn, subscriptionAttributes, subscriptionDifferences, topicDifferences } from './compare.ts';
import { Topics } from './topics.ts';
import type { SnsTopology, SubscriptionDeclaration } from './topology.ts';

/** Compares the topics of an account and their subscriptions with the design, and adds what is missing. */
export class SnsAdmin implements TopologyAdmin {
  readonly #topics: Topics;
  readonly #topology: SnsTopology;
  readonly #closing = new AbortController();

  /** @throws ConfigurationError */
  constructor(config: AwsConfig, topology: SnsTopology) {
    this.#topics = new Topics(config, createLogger('topology'));
    this.#topology = topology;
  }

  async verify(): Promise<TopologyReport> {
    const { exchanges, subscriptions } = this.#topology;
    const differences: TopologyDifference[] = [];
    for (const { name, arguments: { attributes = {} } = {} } of exchanges) {
      const arn = await this.#topics.find(name, this.#signal);
      const found = arn === undefined ? undefined : await this.#topics.attributesOf(arn, this.#signal);
      differences.push(...topicDifferences(name, attributes, found));
    }
    for (const subscription of subscriptions) {
      const arn = await this.#topics.find(subscription.topic, this.#signal);
      const found = arn === undefined ? undefined : await this.#found(arn, subscription);
      differences.push(...subscriptionDifferences(subscription, arn ?? '', found));
    }
    return { differences, unchecked: [] };
  }

  async apply(): Promise<ApplyReport> {
    const { differences } = await this.verify();
    const changed = differences.filter(({ kind }) => kind === 'changed');
    if (changed.length > 0)
      throw new TopologyError(
        `Nothing was changed. Change the design, or what is at AWS:\n${changed.map(({ element, detail }) => `${element}: ${detail}`).join('\n')}`,
      );
    const { exchanges, subscriptions } = this.#topology;
    for (const { name, arguments: { attributes = {} } = {} } of exchanges) {
      if ((await this.#topics.find(name, this.#signal)) !== undefined) continue;
      const command = new CreateTopicCommand({ Name: name, Attributes: { ...attributes } });
      await this.#topics.reach.call((options) => this.#topics.client.send(command, options), this.#signal);
    }
    for (const subscription of subscriptions) await this.#subscribe(subscription);
    return { created: differences.map(({ element }) => element), unchecked: [] };
  }

  async close(): Promise<void> {
    const reason = new ClosedError('The connection to SNS is closed.');
    this.#closing.abort(reason);
    this.#topics.close(reason);
  }

  get #signal(): AbortSignal {
    return this.#closing.signal;
  }

  async #subscribe(subscription: SubscriptionDeclaration): Promise<void> {
    const TopicArn = await this.#topics.arnOf(subscription.topic, this.#signal);
    if ((await this.#found(TopicArn, subscription)) !== undefined) return;
    const command = new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn(TopicArn, subscription.queue),
      Attributes: subscriptionAttributes(subscription, TopicArn),
      ReturnSubscriptionArn: true,
    });
    await this.#topics.reach.call((options) => this.#topics.client.send(command, options), this.#signal);
  }

  /** Attributes of the subscription of a queue to a topic; nothing where there is none. */
  async #found(topicArn: string, { queue }: SubscriptionDeclaration) {
    const { client, reach } = this.#topics;
    let NextToken: string | undefined;
    do {
      const next = NextToken === undefined ? {} : { NextToken };
      const list = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...next });
      const page = await reach.call((options) => client.send(list, options), this.#signal);
      const found = page.Subscriptions?.find(({ Endpoint }) => Endpoint === queueArn(topicArn, queue));
      if (found?.SubscriptionArn !== undefined) {
        const ask = new GetSubscriptionAttributesCommand({ SubscriptionArn: found.SubscriptionArn });
        return (await reach.call((options) => client.send(ask, options), this.#signal)).Attributes ?? {};
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return undefined;
  }
}
