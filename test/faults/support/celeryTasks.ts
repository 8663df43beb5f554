import { randomUUID } from 'node:crypto';
import type { WireMessage } from '../../../runtime/core/types.ts';
import { digest, type Expectation, type HistoryWriter } from '../../support/history.ts';
import { unreadableBody } from './poison.ts';

/** The queues of tasks in the designs of the matrix, each with its consumer. */
export const QUEUES = { payments: 'take-payment', emails: 'send-email' } as const;
export const DEAD = ['take-payment.dlq', 'send-email.dlq'] as const;

/** Sends tasks that no handler can be given, past the producers of the workspace. */
export async function sendInvalidTasks(
  history: HistoryWriter,
  count: number,
  send: (queue: string, message: WireMessage) => Promise<void>,
): Promise<void> {
  const invalid: Expectation = { reason: 'invalid', attempts: 1 };
  const expect = Object.fromEntries(Object.values(QUEUES).map((consumer) => [consumer, invalid]));
  for (let n = 0; n < count; n++) {
    const id = randomUUID();
    const body = unreadableBody(n);
    const headers = { tenant: 'broken' };
    history.append({ type: 'send', id, expect, body: digest(body), headers });
    const message = {
      body: Buffer.from(body),
      headers: { ...headers, 'loom-event-id': id, 'loom-schema-version': '1' },
      properties: { messageId: id, type: 'order.created', persistent: true },
    };
    for (const queue of Object.keys(QUEUES)) await send(queue, message);
    history.append({ type: 'confirm', id });
  }
}

/** Writes a dead letter into the history. */
export function noteDeadLetter(history: HistoryWriter, { body, headers }: WireMessage): void {
  const header = (name: string): string => String(headers[name] ?? '');
  history.append({
    type: 'dlq',
    id: header('loom-event-id'),
    consumer: header('loom-dlq-consumer').split('.').at(-1) ?? '',
    dlqId: header('loom-dlq-id'),
    reason: header('loom-dlq-reason'),
    attempts: Number(header('loom-attempts')),
    body: digest(body),
    headers: { tenant: header('tenant') },
  });
}
