import type { ElementAddress, Queue } from '../design.ts';
import { deadLetterOf } from '../policies.ts';
import type { Implied } from './implied.ts';

/**
 * The queue that `deadLetter` of a queue, or of one of its consumers, implies.
 * @param settings what a dead-letter queue has on this broker, besides its role
 */
export function implyDeadLetterQueue(
  owner: { readonly address: ElementAddress; readonly id: string; readonly value: Queue['deadLetter'] },
  settings: Queue,
  implied: Implied,
): void {
  const { implied: isImplied, target } = deadLetterOf(owner.id, owner.value) ?? {};
  if (!isImplied || target === undefined) return;
  const { broker, type, ...rest } = settings;
  implied.queue(
    target,
    { broker, ...(type && { type }), role: 'dead-letter', ...rest },
    { address: owner.address, field: 'deadLetter' },
  );
}
