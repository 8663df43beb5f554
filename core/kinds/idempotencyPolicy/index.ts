import { grouped } from '../attribute.ts';
import { idempotencyParts } from '../idempotency.ts';
import { defineKind } from '../kind.ts';

export const idempotencyPolicy = defineKind({
  id: 'idempotencyPolicy',
  section: 'idempotencyPolicies',
  title: 'Idempotency policy',
  doc: 'How a second delivery of the same message is kept from repeating the effect.',
  drawn: 'none',
  attributes: grouped('Idempotency', idempotencyParts),
});
