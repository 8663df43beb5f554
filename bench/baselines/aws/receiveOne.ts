/** The loop that is usually written: one message at a time, each deleted by itself. */
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { count } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { decode } from '../message.ts';
import { settings } from './settings.ts';

const guard = await claims;
const client = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }));

let stopping = false;
process.once('SIGTERM', () => {
  stopping = true;
});
while (!stopping) {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MessageAttributeNames: ['All'] }),
  );
  for (const { Body = '', MessageAttributes = {}, ReceiptHandle } of Messages) {
    const { headers } = JSON.parse(MessageAttributes['loom']?.StringValue ?? '{}') as {
      headers: Record<string, unknown>;
    };
    const eventId = decode(Buffer.from(Body), (name) => headers[name]);
    await guard('one', eventId, count);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}
process.exit(0);
