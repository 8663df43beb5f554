import type { Design } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { equal } from '../../equal.ts';
import { channelSections, type Section, sections } from '../../kinds/registry.ts';
import { cells } from './cells.ts';

type Values = ReadonlyMap<string, object>;

/** The names of everything in which two designs differ, their shorthand written out. */
export function changedCells(before: Graph, after: Graph): ReadonlySet<string> {
  const changed = new Set<string>();
  if (!equal(before.design.design, after.design.design)) changed.add('design');
  if (before.design.format !== after.design.format) changed.add('format');
  for (const [section, id] of differences(before, after)) {
    changed.add(section).add(cells.element(section, id));
    for (const { design } of [before, after])
      for (const cell of touched(design, section, id)) changed.add(cell);
  }
  for (const id of changedIds(before.origins, after.origins))
    changed.add('origins').add(cells.element('origins', id));
  return changed;
}

function* differences(before: Graph, after: Graph): Generator<readonly [Section, string]> {
  for (const section of sections)
    for (const id of changedIds(before.design[section], after.design[section])) yield [section, id];
}

/** Ids whose values differ; all of them where the order does, since it is that of every list of the section. */
function changedIds(before: Values, after: Values): readonly string[] {
  if (before === after) return [];
  const kept = [...before.keys()].filter((id) => after.has(id));
  let place = 0;
  for (const id of after.keys()) if (id === kept[place]) place++;
  if (place < kept.length) return [...new Set([...before.keys(), ...after.keys()])];
  return [
    ...[...before.keys()].filter((id) => !after.has(id)),
    ...[...after].filter(([id, value]) => !equal(before.get(id), value)).map(([id]) => id),
  ];
}

/** Queries whose answer holds the element. */
function touched(design: Design, section: Section, id: string): readonly string[] {
  if ((channelSections as readonly Section[]).includes(section)) return [cells.channel(id)];
  switch (section) {
    case 'producers':
      return named(design.producers.get(id)?.channel, cells.producersOf);
    case 'consumers':
      return named(design.consumers.get(id)?.channel, cells.consumersOf);
    case 'bindings': {
      const binding = design.bindings.get(id);
      return binding ? [cells.bindingsFrom(binding.source), cells.bindingsTo(binding.destination)] : [];
    }
    case 'subscriptions':
      return named(design.subscriptions.get(id)?.topic, cells.subscriptionsFrom);
    case 'flows': {
      const { from = [], to = [] } = design.flows.get(id) ?? {};
      return [
        ...from.map((producer) => cells.flowsOf(`producers/${producer}`)),
        ...to.map((consumer) => cells.flowsOf(`consumers/${consumer}`)),
      ];
    }
    default:
      return [];
  }
}

const named = (id: string | undefined, cell: (id: string) => string): readonly string[] =>
  id === undefined ? [] : [cell(id)];
