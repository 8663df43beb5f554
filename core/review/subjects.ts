import { addressOf, type ElementAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import type { AnyRule, Subjects } from './rule.ts';

/** One of the things that rules judge one by one, and its address. */
export interface Subject {
  readonly address: ElementAddress;
  readonly value: Subjects[keyof Subjects];
}

/** Everything that a rule judges one by one, in the order of the file. */
export function* subjectsOf(graph: Graph, group: keyof Subjects): Generator<Subject> {
  if (group === 'channels') {
    for (const value of graph.channels()) yield { address: addressOf(value.section, value.id), value };
    return;
  }
  for (const [id, value] of graph.design[group])
    yield { address: addressOf(group, id), value: { id, value } as Subject['value'] };
}

type Group = keyof Subjects;

/** The subjects that a rule judges one by one, each with its function. */
export const judgesOf = ({ each = {} }: AnyRule) =>
  Object.entries(each) as readonly (readonly [Group, (context: never, subject: never) => void])[];
