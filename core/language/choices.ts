import { addressOf, type Design, type ElementAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { builtInPolicies } from '../design/notices.ts';
import { kinds, type Section, sections } from '../kinds/registry.ts';
import { catalogue } from '../review/catalogue.ts';
import type { Path } from '../text/nodes.ts';
import { referredAt } from './naming.ts';
import type { Spot } from './spot.ts';
import { summaryOf } from './summary.ts';

/** A word that may stand at a spot. */
export interface Choice {
  readonly text: string;
  /** What it is, in a few words. */
  readonly detail: string;
  /** More about it, in Markdown. */
  readonly doc?: string;
  /** The element that it names. */
  readonly address?: ElementAddress;
}

/**
 * Ids that may stand at a spot: what a reference may name, rules and elements of a waiver, elements without a place in
 * the layout. Keys and values of the schema are not among them.
 */
export function choicesAt({ role, path }: Spot, graph: Graph): readonly Choice[] {
  const { design } = graph;
  const [section, id, field] = path;
  if (role === 'key') {
    if (section === 'layout' && path.length === 2)
      return everything(graph).filter(({ text }) => !design.layout.has(text as ElementAddress));
    return [];
  }
  if (section === 'waivers' && field === 'target') return everything(graph);
  if (section === 'waivers' && field === 'rule') return ruleChoices;
  const referred = referredAt(path);
  if (!referred) return [];
  const there = new Set(listed(design, path));
  return [...builtIn(referred), ...referred.flatMap((name) => elements(graph, name))].filter(
    ({ text, address }) => !there.has(text) && address !== `${section}/${id}`,
  );
}

const elements = (graph: Graph, section: Section): Choice[] =>
  [...graph.design[section].keys()].flatMap((id) => {
    const address = addressOf(section, id);
    // The channels of a retry are its own affair; dead letters may be watched and read.
    return graph.origins.get(address)?.field === 'retry'
      ? []
      : [{ text: id, detail: summaryOf(graph, address), address }];
  });

const everything = (graph: Graph): Choice[] =>
  sections
    .filter((section) => kinds[section].drawn !== 'none' || section === 'messages')
    .flatMap((section) => elements(graph, section))
    .map((choice) => ({ ...choice, text: choice.address ?? choice.text }));

const builtIn = (referred: readonly Section[]): Choice[] =>
  referred.flatMap((section) =>
    (section in builtInPolicies ? builtInPolicies[section as keyof typeof builtInPolicies] : []).map(
      (text) => ({ text, detail: 'built in' }),
    ),
  );

const ruleChoices: readonly Choice[] = Object.values(catalogue).map(({ id, meta }) => ({
  text: id,
  detail: meta.severity,
  doc: meta.title,
}));

/** What the list around a path names already. */
function listed(design: Design, path: Path): readonly unknown[] {
  const [section, id, ...field] = path;
  if (typeof field.at(-1) !== 'number') return [];
  let value: unknown = (design as unknown as Readonly<Record<string, unknown>>)[String(section)];
  value = value instanceof Map ? value.get(id) : undefined;
  for (const step of field.slice(0, -1)) value = (value as Record<string, unknown> | undefined)?.[step];
  return Array.isArray(value) ? value.filter((_, index) => index !== field.at(-1)) : [];
}
