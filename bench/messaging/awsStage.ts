import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientSettings } from '../../runtime/aws/config.ts';
import { type SnsTopology, snsAdmin } from '../../runtime/sns/index.ts';
import { type SqsTopology, sqsAdmin } from '../../runtime/sqs/index.ts';
import { awsConfig, startAws } from '../../test/brokers/support/aws.ts';
import type { Broker } from '../../test/brokers/support/broker.ts';
import { startRedis } from '../../test/brokers/support/redis.ts';
import { credentialsFor } from './credentials.ts';
import { run } from './program.ts';
import { flush, type Stage } from './stage.ts';
import type { Workspace } from './workspace.ts';

/** An emulator of SQS and SNS with the queues and the topic of the workspace, and Redis. */
export async function openAws(
  workspace: Workspace,
): Promise<{ on(of: { readonly queue?: string }): Stage; dispose(): Promise<void> }> {
  const [aws, redis] = await Promise.all([startAws(), startRedis()]);
  const config = awsConfig(aws.url);
  const queues = JSON.parse(workspace.read('brokers/cloud/queues.json')) as SqsTopology;
  const topics = JSON.parse(workspace.read('brokers/news/topics.json')) as SnsTopology;
  // The queues first, since topics subscribe them.
  for (const admin of [sqsAdmin(config, queues), snsAdmin(config, topics)]) {
    await admin.apply();
    await admin.close();
  }
  const client = new SQSClient({ ...clientSettings(config), useQueueUrlAsEndpoint: false });
  const dispose = async () => {
    client.destroy();
    await Promise.all([aws.dispose(), redis.dispose()]);
  };
  return { on: ({ queue = '' }) => new AwsStage(workspace, aws.url, queue, client, redis), dispose };
}

class AwsStage implements Stage {
  readonly env;
  readonly #workspace: Workspace;
  readonly #queue: string;
  readonly #client: SQSClient;
  readonly #redis: Broker;

  constructor(workspace: Workspace, url: string, queue: string, client: SQSClient, redis: Broker) {
    this.env = {
      ...credentialsFor(url, ['CLOUD', 'NEWS', 'AWS']),
      STORE_URL: redis.url,
      STORE_ACCEPT_EMPTY: 'true',
    };
    this.#workspace = workspace;
    this.#queue = queue;
    this.#client = client;
    this.#redis = redis;
  }

  async empty(): Promise<void> {
    await this.#client.send(new PurgeQueueCommand({ QueueUrl: await this.#url() }));
  }

  async fill(messages: number): Promise<void> {
    await this.empty();
    await flush(this.#redis);
    const loader = this.#workspace.program('sqs-send');
    await run({ ...loader, warmUp: 1, messages: messages - 1, inFlight: 256 }, this.env);
  }

  async assertSent(messages: number): Promise<void> {
    const { Attributes = {} } = await this.#client.send(
      new GetQueueAttributesCommand({ QueueUrl: await this.#url(), AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: held } = Attributes;
    const count = Number(visible) + Number(held);
    if (count !== messages) throw new Error(`${count} of ${messages} messages are in the queue.`);
  }

  assertSettled(): Promise<void> {
    return this.assertSent(0);
  }

  async #url(): Promise<string> {
    const { QueueUrl = '' } = await this.#client.send(new GetQueueUrlCommand({ QueueName: this.#queue }));
    return QueueUrl;
  }
}
