/** PutRecord to a stream of Kinesis for each message. */
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { sendAll } from '../../messaging/load.ts';
import { encode } from '../message.ts';
import { settings } from './settings.ts';

const client = new KinesisClient(settings);

await sendAll((data) => {
  const { body, headers } = encode(data);
  const record = Buffer.from(JSON.stringify({ loom: 1, headers, body: body.toString() }));
  return client.send(new PutRecordCommand({ StreamName: 'records', Data: record, PartitionKey: data.id }));
});
client.destroy();
process.disconnect();
