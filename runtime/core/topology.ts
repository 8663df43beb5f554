/** What a broker has, compared with what a design says. */

export interface TopologyDifference {
  /** `extra`: the broker has what the design does not name, which is no error. */
  readonly kind: 'missing' | 'changed' | 'extra';
  /** Such as `queue payments`. */
  readonly element: string;
  /** Of a changed element: which setting, what the design says and what the broker has. */
  readonly detail?: string;
}

export interface TopologyReport {
  readonly differences: readonly TopologyDifference[];
  /** What could not be checked, each with the reason. */
  readonly unchecked: readonly string[];
}

export interface ApplyReport {
  /** What was missing and is there now. */
  readonly created: readonly string[];
  readonly unchecked: readonly string[];
}

/** Compares a broker with its part of the design, and adds what is missing. Nothing here deletes or changes anything. */
export interface TopologyAdmin {
  verify(): Promise<TopologyReport>;
  /** @throws TopologyError, having changed nothing, when something exists with other settings */
  apply(): Promise<ApplyReport>;
  close(): Promise<void>;
}
