import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientSettings } from '../../../runtime/aws/config.ts';
import { carried, received } from '../../../runtime/aws/wire.ts';
import { awsConfig, startAws } from '../../brokers/support/aws.ts';
import { RefusingAws } from '../../brokers/support/refusingAws.ts';
import { digest, type Expectation, type HistoryWriter } from '../../support/history.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Workspace } from '../workspace.ts';
import { unreadableBody } from './poison.ts';
import type { Side } from './probe.ts';

const PAYMENTS = 'payments';
const READ = [PAYMENTS, 'mails.fifo'];
const DEAD = ['payments-dlq', 'mails-dlq.fifo'];
const CONSUMERS = ['take-payment', 'send-email'];

/** An emulator with the topic and the queues of a workspace, made by the workspace's topology tool. */
export async function sqsSide(workspace: Workspace): Promise<Side> {
  const aws = await startAws();
  const refusing = await RefusingAws.start(aws.url);
  const proxy = await FaultProxy.start(refusing.url);
  const config = awsConfig(aws.url);
  // The emulator is restarted in between, and closes connections that have been idle.
  const client = { ...clientSettings(config), maxAttempts: 5 };
  const sqs = new Queues(new SQSClient({ ...client, useQueueUrlAsEndpoint: false }));
  const sns = new SNSClient(client);
  const { region } = config;
  const reach = (url: string) => ({
    EVENTS_URL: url,
    WORK_URL: url,
    EVENTS_REGION: region,
    WORK_REGION: region,
  });
  const topology = async (): Promise<void> => {
    await workspace.script(reach(aws.url), 'topology', 'apply');
  };
  await topology();
  return {
    name: 'sqs',
    prefetch: 42,
    ordered: ['send-email'],
    broker: aws,
    proxy,
    env: reach(proxy.via(refusing.url)),
    sendInvalid: (history, count) => sendInvalid(sns, region, history, count),
    drained: (within) => drained(sqs, within),
    readDeadLetters: (history) => readDeadLetters(sqs, history),
    clear: async () => {
      for (const queue of [...READ, ...DEAD]) await sqs.purge(queue);
    },
    dropDeadLetters: () => sqs.delete('payments-dlq'),
    restoreTopology: topology,
    dropSource: () => sqs.delete(PAYMENTS),
    // Services extend the time for which they hold a message, for as long as they live.
    limitAcks: async () => {},
    refuseSome: (on) => {
      refusing.refuse = (count) => (on ? Array.from({ length: Math.ceil(count * 0.3) }, (_, at) => at) : []);
      return refusing.refused;
    },
    alarm: () => notHere('refuses nothing for want of memory or disk'),
    revoke: () => notHere('takes any access key'),
    dispose: async () => {
      sqs.close();
      sns.destroy();
      await proxy.stop();
      await refusing.stop();
      await aws.dispose();
    },
  };
}

async function notHere(what: string): Promise<never> {
  throw new Error(`The emulator ${what}.`);
}

/** What a test asks of queues by their names. */
class Queues {
  readonly #client: SQSClient;

  constructor(client: SQSClient) {
    this.#client = client;
  }

  async #url(name: string): Promise<string> {
    const { QueueUrl = '' } = await this.#client.send(new GetQueueUrlCommand({ QueueName: name }));
    return QueueUrl;
  }

  async purge(name: string): Promise<void> {
    await this.#client.send(new PurgeQueueCommand({ QueueUrl: await this.#url(name) }));
  }

  async delete(name: string): Promise<void> {
    await this.#client.send(new DeleteQueueCommand({ QueueUrl: await this.#url(name) }));
  }

  /** All messages of a queue: to be received, held by somebody, or delayed. */
  async count(name: string): Promise<number> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: await this.#url(name),
      AttributeNames: ['All'],
    });
    const { Attributes } = await this.#client.send(command);
    const attributes: Readonly<Partial<Record<string, string>>> = Attributes ?? {};
    return ['', 'NotVisible', 'Delayed']
      .map((what) => Number(attributes[`ApproximateNumberOfMessages${what}`] ?? 0))
      .reduce((sum, count) => sum + count, 0);
  }

  /** Takes a few messages out for good; none at the end. */
  async take(name: string) {
    const QueueUrl = await this.#url(name);
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await this.#client.send(command);
    for (const { ReceiptHandle } of Messages)
      await this.#client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages.map(({ Body = '', MessageAttributes = {}, MessageId = '' }) =>
      received(Body, MessageAttributes, MessageId),
    );
  }

  close(): void {
    this.#client.destroy();
  }
}

async function sendInvalid(
  sns: SNSClient,
  region: string,
  history: HistoryWriter,
  count: number,
): Promise<void> {
  const invalid: Expectation = { reason: 'invalid', attempts: 1 };
  const expect = Object.fromEntries(CONSUMERS.map((consumer) => [consumer, invalid]));
  for (let n = 0; n < count; n++) {
    const id = randomUUID();
    const body = unreadableBody(n);
    const headers = { tenant: 'broken' };
    history.append({ type: 'send', id, expect, body: digest(body), headers });
    const all = {
      ...headers,
      'loom-event-id': id,
      'loom-event-type': 'order.created',
      'loom-schema-version': '1',
    };
    const sent = carried({ body: Buffer.from(body), headers: all, properties: { persistent: true } });
    await sns.send(
      new PublishCommand({
        TopicArn: `arn:aws:sns:${region}:000000000000:orders.fifo`,
        Message: sent.body,
        MessageAttributes: { ...sent.attributes },
        MessageGroupId: id,
        MessageDeduplicationId: id,
      }),
    );
    history.append({ type: 'confirm', id });
  }
}

async function drained(sqs: Queues, within: number): Promise<void> {
  const end = Date.now() + within;
  for (let empty = 0; empty < 3; await pause(300)) {
    const counts = await Promise.all(READ.map((name) => sqs.count(name)));
    empty = counts.every((count) => count === 0) ? empty + 1 : 0;
    if (Date.now() > end) throw new Error(`not drained: ${counts.join(' and ')} messages are left`);
  }
}

/** Reads the dead letters and removes them. */
async function readDeadLetters(sqs: Queues, history: HistoryWriter): Promise<void> {
  for (const name of DEAD) {
    for (let page = await sqs.take(name); page.length > 0; page = await sqs.take(name)) {
      for (const { message } of page) {
        const text = (header: string) => String(message.headers[header] ?? '');
        history.append({
          type: 'dlq',
          id: text('loom-event-id'),
          consumer: text('loom-dlq-consumer').split('.').at(-1) ?? '',
          dlqId: text('loom-dlq-id'),
          reason: text('loom-dlq-reason'),
          attempts: Number(message.headers['loom-attempts']),
          body: digest(Buffer.from(message.body).toString()),
          headers: { tenant: text('tenant') },
        });
      }
    }
  }
}
