import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Encoded } from '../message.ts';

const { AWS_URL = '', AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env;

/** For the constructors of all clients. HTTP/1.1, which is what emulators speak. */
export const settings = {
  endpoint: AWS_URL,
  region: AWS_REGION,
  credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  requestHandler: new NodeHttpHandler(),
};

/** Body and attributes of a message. */
export function attributed({ body, headers, eventId, timestamp }: Encoded) {
  const properties = { messageId: eventId, type: 'job', contentType: 'application/json', timestamp };
  const loom = { DataType: 'String', StringValue: JSON.stringify({ headers, properties }) };
  return { text: body.toString(), attributes: { loom } };
}
