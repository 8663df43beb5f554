/** SendMessage for each message. */
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sendAll } from '../../messaging/load.ts';
import { encode } from '../message.ts';
import { attributed, settings } from './settings.ts';

const client = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }));

await sendAll((data) => {
  const { text, attributes } = attributed(encode(data));
  return client.send(new SendMessageCommand({ QueueUrl, MessageBody: text, MessageAttributes: attributes }));
});
client.destroy();
process.disconnect();
