import { type ElementAddress, parseAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import type { Part } from '../kinds/attribute.ts';
import { brokerList } from '../kinds/brokers.ts';
import { kinds } from '../kinds/registry.ts';
import { catalogue, isRuleId } from '../review/catalogue.ts';
import type { Range } from '../text/nodes.ts';
import { isSection, partAt } from './meaning.ts';
import { namedAt, usesOf } from './naming.ts';
import type { Spot } from './spot.ts';
import { summaryOf } from './summary.ts';

/** What is said about a word of the text. */
export interface Hover {
  readonly word: Range;
  /** Paragraphs in Markdown. */
  readonly paragraphs: readonly string[];
}

/** Says what stands at a spot: of a name what it names, of an attribute what it means. */
export function hoverAt(spot: Spot, graph: Graph | undefined): Hover | undefined {
  const { word, path, role, text } = spot;
  if (text === '') return undefined;
  const named = graph && namedAt(spot, graph);
  const paragraphs =
    graph && named
      ? aboutElement(graph, named.address)
      : path[0] === 'waivers' && path[2] === 'rule' && role === 'value'
        ? aboutRule(text)
        : role === 'key'
          ? aboutKey(spot)
          : aboutPart(String(path.findLast((step) => typeof step === 'string')), partAt(path));
  return paragraphs.length > 0 ? { word, paragraphs } : undefined;
}

/** Most elements that are listed by name. */
const MOST = 6;

function aboutElement(graph: Graph, address: ElementAddress): string[] {
  const found = parseAddress(address);
  if (!found) return [];
  const { section, id } = found;
  const value = (graph.design[section].get(id) ?? {}) as Readonly<Record<string, unknown>>;
  const origin = graph.origins.get(address);
  const users = [
    ...new Set(
      usesOf(graph.design, address).flatMap(([from, of]) =>
        isSection(from) && !graph.origins.has(`${from}/${of}`) ? [`${from}/${of}`] : [],
      ),
    ),
  ];
  const description = value['description'];
  return [
    `**${plain(id)}** — ${plain(summaryOf(graph, address))}`,
    ...(typeof description === 'string' ? [plain(description)] : []),
    ...(origin ? [`Implied by \`${origin.field}\` of \`${origin.address}\`.`] : []),
    users.length === 0
      ? 'Nothing names it.'
      : `Named by ${users
          .slice(0, MOST)
          .map((user) => `\`${user}\``)
          .join(', ')}${users.length > MOST ? ` and ${users.length - MOST} more` : ''}.`,
  ];
}

function aboutKey({ path }: Spot): string[] {
  const [section, ...rest] = path;
  if (rest.length === 0) {
    if (isSection(section)) return [`**${section}**`, kinds[section].doc];
    if (section === 'design') return ['**design**', 'Attributes of the design itself.'];
    if (section === 'layout')
      return [
        '**layout**',
        'Positions on the canvas by element, in px; generated output never depends on them.',
      ];
    return section === 'brokerloom' ? ['**brokerloom**', 'Version of the file format.'] : [];
  }
  return aboutPart(String(path.at(-1)), partAt(path));
}

function aboutPart(name: string, part: Part | undefined): string[] {
  if (!part) return [];
  const { doc, unit, form, brokers, default: fallback, source, editor, required } = part;
  const isText = typeof fallback?.value === 'string';
  return [
    `**${plain(name)}** — ${form ?? (editor.type === 'enum' ? editor.values.join(' \\| ') : formOf(editor.type))}${required ? ', required' : ''}`,
    `${doc}${unit === undefined ? '' : ` Unit: ${unit}.`}${brokers === undefined ? '' : ` For ${brokerList(brokers)}.`}`,
    ...(fallback
      ? [
          `Default: \`${isText ? String(fallback.value) : JSON.stringify(fallback.value)}\`, since ${plain(fallback.why)}.`,
        ]
      : []),
    ...(source === undefined ? [] : [`[${source.replace(/^https:\/\/(www\.)?/, '')}](${source})`]),
  ];
}

function aboutRule(id: string): string[] {
  if (!isRuleId(id)) return [];
  const { meta } = catalogue[id];
  return [`**${id}** — ${meta.severity}`, meta.title];
}

const forms: Readonly<Record<string, string>> = {
  duration: 'duration such as `30s`, `14d`',
  size: 'size such as `16KiB`',
  rate: 'rate such as `1000/s`',
  integer: 'whole number',
  boolean: 'true or false',
  ref: 'id',
  refs: 'list of ids',
};

const formOf = (type: string): string => forms[type] ?? type;

/** Text of the user, so that nothing in it is taken for Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]#+!|<>~]/g, '\\$&');
