/** Publish to a topic of SNS for each message. */
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { sendAll } from '../../messaging/load.ts';
import { encode } from '../message.ts';
import { attributed, settings } from './settings.ts';

const client = new SNSClient(settings);
// Of a topic that is there it tells the ARN.
const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'bulletins' }));

await sendAll((data) => {
  const { text, attributes } = attributed(encode(data));
  return client.send(new PublishCommand({ TopicArn, Message: text, MessageAttributes: attributes }));
});
client.destroy();
process.disconnect();
