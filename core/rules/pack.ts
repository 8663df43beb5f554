import type { AnyRule } from '../review/rule.ts';

/** The rules of one folder by their ids; an entry under the id of another rule does not compile. */
export type Pack = { readonly [Id in string]: AnyRule & { readonly id: Id } };
