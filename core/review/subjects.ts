import { addressOf, type Channel, type ElementAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import type { Section } from '../kinds/registry.ts';
import type { AnyRule, Subjects } from './rule.ts';
import { isSideChannel } from './support/channels.ts';

type Group = keyof Subjects;

/** One of the things that rules judge one by one, and its address, which most reviews never ask for. */
export class Subject {
  readonly value: Subjects[keyof Subjects];
  readonly #section: Section;
  readonly #id: string;

  constructor(section: Section, id: string, value: Subjects[keyof Subjects]) {
    this.value = value;
    this.#section = section;
    this.#id = id;
  }

  get address(): ElementAddress {
    return addressOf(this.#section, this.#id);
  }

  /** Whether it stands in the file, and is not implied by shorthand. */
  isDrawn({ drawn }: Graph): boolean {
    return drawn[this.#section].has(this.#id);
  }
}

const known = new WeakMap<Graph, Map<Group, readonly Subject[]>>();

/** Everything that a rule judges one by one, in the order of the file; all rules share the list. */
export function subjectsOf(graph: Graph, group: Group): readonly Subject[] {
  let lists = known.get(graph);
  if (!lists) {
    lists = new Map();
    known.set(graph, lists);
  }
  let list = lists.get(group);
  if (!list) {
    list = listed(graph, group);
    lists.set(group, list);
  }
  return list;
}

function listed(graph: Graph, group: Group): readonly Subject[] {
  switch (group) {
    case 'channels':
      return channelsIn(graph);
    case 'workChannels':
      return subjectsOf(graph, 'channels').filter(({ value }) => !isSideChannel(graph, value as Channel));
    case 'drawnChannels':
      return subjectsOf(graph, 'channels').filter((channel) => channel.isDrawn(graph));
    case 'drawnQueues':
      return subjectsOf(graph, 'queues').filter((queue) => queue.isDrawn(graph));
    default:
      return elementsIn(graph, group);
  }
}

const channelsIn = (graph: Graph): readonly Subject[] =>
  [...graph.channels()].map((value) => new Subject(value.section, value.id, value));

const elementsIn = ({ design }: Graph, section: Section): readonly Subject[] =>
  [...design[section]].map(([id, value]) => new Subject(section, id, { id, value } as Subject['value']));

/** The subjects that a rule judges one by one, each with its function. */
export const judgesOf = ({ each = {} }: AnyRule) =>
  Object.entries(each) as readonly (readonly [Group, (context: never, subject: never) => void])[];
