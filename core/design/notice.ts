import type { ElementAddress } from './design.ts';

/** Something the author of a readable design should know: a reference that leads nowhere, a key without effect. */
export interface Notice {
  readonly id:
    | 'document/unknown-reference'
    | 'document/unknown-key'
    | 'document/attribute-not-for-broker'
    | 'document/attribute-not-for-broker'
    | 'document/password-in-url'
    | 'document/mixed-scripts';
  readonly severity: 'error' | 'warn';
  readonly at: ElementAddress;
  /** Attribute path below the element, such as `deadLetter`. */
  readonly field: string;
  readonly message: string;
}
