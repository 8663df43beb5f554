import { MessageTooLargeError, ValidationError } from './errors.ts';
import type { MessageContract } from './types.ts';

/** @throws ValidationError naming the places, never the values: bodies may hold personal data */
export function assertValid(contract: MessageContract, data: unknown): void {
  if (contract.validate(data)) return;
  const problems = (contract.validate.errors ?? [])
    .map((error) => `${error.instancePath || '/'} ${error.message ?? 'is invalid'}`)
    .join('; ');
  throw new ValidationError(`${contract.type} does not match its schema: ${problems || 'invalid body'}.`);
}

/** @throws MessageTooLargeError */
export function assertSize(contract: MessageContract, bytes: number): void {
  if (bytes <= contract.maxBytes) return;
  throw new MessageTooLargeError(`${contract.type} has ${bytes} bytes; ${contract.maxBytes} are allowed.`);
}
