import type { ElementAddress } from '../design/design.ts';
import type { AttributeName, FixProposal, Severity } from './rule.ts';

/** Where a finding stands in the text. Lines and columns count from 1 (UTF-16 units); the end is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Fix extends FixProposal {
  /** Whether `--fix` applies it without asking. */
  readonly safe: boolean;
}

/** Something in a design that leads to an outage, and what to do about it. */
export interface Finding extends Place {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: Severity;
  /** Why the severity is one step below the rule's. */
  readonly relaxed?: 'local' | 'lossTolerant';
  /** Element as written in the file; a finding on an implied element names the element with the shorthand. */
  readonly element: ElementAddress;
  /** Dotted path of the attribute below the element. */
  readonly field?: string;
  readonly message: string;
  readonly consequence: string;
  readonly fix?: Fix;
}

/** A finding that a waiver accepts. */
export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: string;
  readonly reason: string;
  readonly owner?: string;
  readonly until?: string;
}

/** An attribute that rules need and the design does not give, with everything that waits for it. */
export interface Unknown {
  readonly attribute: AttributeName;
  /** What the attribute means. */
  readonly doc: string;
  readonly rules: readonly string[];
  readonly elements: readonly ElementAddress[];
}

/** A rule that cannot decide about an element until an attribute is given. */
export interface Open {
  readonly ruleId: string;
  readonly element: ElementAddress;
  readonly attribute: AttributeName;
}

/** Elements that pass a rule only because of what the generator does where an attribute is missing. */
export interface DefaultPass {
  readonly ruleId: string;
  readonly attribute: AttributeName;
  /** The generated value, and why it is that. */
  readonly value: unknown;
  readonly why: string;
  readonly elements: readonly ElementAddress[];
}

/** Numbers of a report; `unknown` counts attributes, `passedByDefault` elements, `fixable` the findings that `--fix` repairs. */
export interface Counts extends Readonly<Record<Severity, number>> {
  readonly waived: number;
  /** Findings that were there before and are left out: those of a baseline, or of another version. */
  readonly known: number;
  readonly unknown: number;
  readonly passedByDefault: number;
  readonly fixable: number;
}

/** The result of a review. All lists are in the order of the file. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  readonly unknowns: readonly Unknown[];
  /** The same, one for each rule and element. */
  readonly open: readonly Open[];
  readonly passedByDefault: readonly DefaultPass[];
  readonly counts: Counts;
}
