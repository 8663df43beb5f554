import { derive } from '../design/derived.ts';
import { addressOf, type Broker, type Design, movedTo, type Point } from '../design/design.ts';
import { builtInPolicies } from '../design/notices.ts';
import type { Reference } from '../design/references.ts';
import { equal } from '../equal.ts';
import { channelSections, kinds, type Section } from '../kinds/registry.ts';
import { ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';
import { type Copied, isShared, meantBy, referencesIn } from './fragment.ts';
import { freshId } from './names.ts';

export interface PasteArgs {
  readonly elements: readonly Copied[];
  /** Distance from where the elements stood, in px. */
  readonly shift: Point;
}

/** An element as it comes into the design. */
export interface Pasted extends Copied {
  /** Whether the design has it already, so that nothing is added. */
  readonly shared: boolean;
}

/**
 * What pasting adds: the same values under the next free names (`orders` → `orders-2` → `orders-3`). Where one of the
 * elements names another, its copy names the other copy; a channel lands on a broker of its kind; a reference to
 * something that is neither copied nor here is taken out, with its element where that cannot stand without it.
 */
export function pasted(design: Design, elements: readonly Copied[], [dx, dy]: Point): readonly Pasted[] {
  const names = new Map<Copied, Pasted>();
  // Grows with each copy, so that two copies never get the same name.
  let named = design;
  for (const element of elements) {
    const { section, id, value, at } = element;
    const known = isShared(section) ? knownAs(design, element) : undefined;
    const to = known ?? freshId(named, section, taken(named, section, id) ? id.replace(/-\d+$/, '') : id);
    if (known === undefined)
      named = { ...named, [section]: new Map<string, unknown>([...named[section], [to, value]]) };
    names.set(element, {
      section,
      id: to,
      value: copyOf(value) as Copied['value'],
      ...(at && { at: movedTo([at[0] + dx, at[1] + dy], at) }),
      shared: known !== undefined,
    });
  }
  const cut = new Set<Copied>();
  const here = derive(design).design;
  // From the back, so that the indexes of list items before them stay right.
  for (const reference of [...referencesIn(elements)].reverse()) {
    const from = elements.find(({ section, id }) => addressOf(section, id) === reference.from);
    const copy = from && names.get(from);
    if (!from || !copy) continue;
    const meant = meantBy(reference, elements);
    const to = meant ? names.get(meant)?.id : reference.id;
    const path = reference.path.slice(2);
    if (meant || exists(here, reference)) setAt(copy.value, path, to);
    else if (kinds[from.section].attributes[reference.field as never]?.['required']) cut.add(from);
    else removeAt(copy.value, path);
  }
  return [...names].filter(([element]) => !cut.has(element)).map(([, copy]) => copy);
}

/** Adds copies of elements, of this design or of another, as one step. */
export const elementPaste = defineCommand({
  id: 'element.paste',
  label: ({ elements }: PasteArgs) => {
    const own = elements.filter(({ section }) => !isShared(section) && kinds[section].drawn !== 'edge');
    return own.length === 1 ? `Paste ${own[0]?.id}` : `Paste ${own.length} elements`;
  },
  history: 'record',
  apply: (design, { elements, shift }): Result<readonly Patch[], Problem> => {
    const added = pasted(design, elements, shift).filter(({ shared }) => !shared);
    return ok([
      ...added.map(({ section, id, value }): Patch => ({ op: 'set', path: [section, id], value })),
      ...added.flatMap(({ section, id, at }): Patch[] =>
        at ? [{ op: 'set', path: ['layout', addressOf(section, id)], value: [...at] }] : [],
      ),
    ]);
  },
});

/** What the design calls something that is shared: the same under the same name, or for a broker one of its kind. */
function knownAs(design: Design, { section, id, value }: Copied): string | undefined {
  const here = design[section].get(id);
  if (section === 'services') return here && id;
  if (section !== 'brokers') return here !== undefined && equal(here, value) ? id : undefined;
  const { kind } = value as unknown as Broker;
  if ((here as Broker | undefined)?.kind === kind) return id;
  return [...design.brokers].find(([, broker]) => broker.kind === kind)?.[0];
}

const isChannel = (section: Section): boolean => (channelSections as readonly Section[]).includes(section);
const taken = (design: Design, section: Section, id: string): boolean =>
  isChannel(section) ? channelSections.some((name) => design[name].has(id)) : design[section].has(id);

function exists(design: Design, { to, id }: Reference): boolean {
  if (to === 'channels') return channelSections.some((section) => design[section].has(id));
  const builtIn: readonly string[] =
    to in builtInPolicies ? builtInPolicies[to as keyof typeof builtInPolicies] : [];
  return builtIn.includes(id) || design[to].has(id);
}

type Inside = Record<string | number, unknown>;

function parentOf(value: Copied['value'], path: readonly (string | number)[]): Inside {
  let inside = value as Inside;
  for (const key of path.slice(0, -1)) inside = inside[key] as Inside;
  return inside;
}

/** A copy of what a design file can hold. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}

/** Sets a value inside a copy, which nothing else sees yet. */
function setAt(value: Copied['value'], path: readonly (string | number)[], to: unknown): void {
  parentOf(value, path)[path.at(-1) ?? ''] = to;
}

function removeAt(value: Copied['value'], path: readonly (string | number)[]): void {
  const parent = parentOf(value, path);
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}
