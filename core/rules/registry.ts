import type { AnyRule } from '../review/rule.ts';
import { attemptsBounded } from './dlq/attempts-bounded.ts';
import { required } from './dlq/required.ts';

/** Every rule by its id, in the order of the packs. A rule that is missing here does not run. */
export const rules = {
  'dlq/required': required,
  'dlq/attempts-bounded': attemptsBounded,
} as const satisfies { readonly [Id in string]: AnyRule & { readonly id: Id } };

export type RuleId = keyof typeof rules;
