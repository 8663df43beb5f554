import type { Style } from '../../formats/format.ts';
import type { Open } from '../../report.ts';
import type { Answer, Checklist, Evidence, State } from '../checklist.ts';

/** A checklist and the file whose design it is of. */
export interface AnsweredFile {
  /** Path as the user gave it, with forward slashes. */
  readonly file: string;
  readonly checklist: Checklist;
}

/** Writes a checklist as text. Pure: equal input gives equal bytes. */
export type ChecklistFormatter = (answered: AnsweredFile, options?: { readonly style?: Style }) => string;

export const stateLabels = {
  fail: 'Fail',
  unknown: 'Unknown',
  warn: 'Warning',
  waived: 'Waived',
  pass: 'Pass',
  'n/a': 'Not applicable',
} as const satisfies Record<State, string>;

/** `2 fail, 1 unknown, 11 pass`. */
export const countsText = ({ counts }: Checklist): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

/** Attributes that are missing, each with the elements that miss it. */
export function missing(
  open: readonly Open[],
): readonly { readonly attribute: string; readonly elements: readonly string[] }[] {
  const found = new Map<string, Set<string>>();
  for (const { attribute, element } of open)
    found.set(attribute, (found.get(attribute) ?? new Set()).add(element));
  return [...found].map(([attribute, elements]) => ({ attribute, elements: [...elements] }));
}

/** Values that are generated where an attribute is missing, each with the number of elements that rely on it. */
export function generated(
  defaults: Evidence['defaults'],
): readonly { readonly text: string; readonly why: string; readonly elements: number }[] {
  const found = new Map<string, { why: string; elements: Set<string> }>();
  for (const { attribute, value, why, elements } of defaults) {
    const text = `${attribute}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
    const entry = found.get(text) ?? { why, elements: new Set() };
    for (const element of elements) entry.elements.add(element);
    found.set(text, entry);
  }
  return [...found].map(([text, { why, elements }]) => ({ text, why, elements: elements.size }));
}

/** The flows of an answer by their state, where they differ from the answer or from each other. */
export function flowsText({ flows, state }: Answer): string | undefined {
  if (flows.every((flow) => flow.state === state)) return undefined;
  return flows.map((flow) => `${flow.flow} ${flow.state}`).join(', ');
}
