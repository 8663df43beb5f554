import { grouped } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { retryParts } from '../retry.ts';

export const retryPolicy = defineKind({
  id: 'retryPolicy',
  section: 'retryPolicies',
  title: 'Retry policy',
  doc: 'How often and how long apart a failed message is tried again.',
  drawn: 'none',
  attributes: grouped('Retry', retryParts),
});
