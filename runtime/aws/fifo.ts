import { createHash } from 'node:crypto';
import { headerNames, textHeader } from '../core/headers.ts';
import type { WireMessage } from '../core/types.ts';

/** Names of FIFO queues and topics end so, and no others. */
export const isFifo = (name: string): boolean => name.endsWith('.fifo');

/** What a FIFO queue or topic wants to know of a message. */
export interface FifoIds {
  readonly group: string;
  readonly deduplication: string;
  /** The group to come back to, where the message waits in another one meanwhile. */
  readonly home?: string;
}

/**
 * Messages of a key share a group, and without a key each is a group of its own. A dead letter is one too, since nothing
 * of a group is handed out while one of its messages is looked at. For five minutes a copy with the same deduplication id
 * is accepted and dropped: one of the same event, the same death, or the same replay.
 */
export function fifoIds(message: WireMessage, key: string | Uint8Array | undefined): FifoIds {
  const { headers, properties } = message;
  const id = properties.messageId ?? createHash('sha256').update(message.body).digest('hex');
  const death = textHeader(headers, headerNames.dlqId);
  const replay = textHeader(headers, headerNames.replayId);
  const group = key === undefined ? id : Buffer.from(key as string).toString();
  if (death !== undefined) return { group: legal(death), deduplication: legal(death), home: group };
  return { group: legal(group), deduplication: legal(replay === undefined ? id : `${id}:r${replay}`) };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html: 128 of these characters */
const legal = (text: string): string =>
  /^[!-~]{1,128}$/.test(text) ? text : createHash('sha256').update(text).digest('hex');
