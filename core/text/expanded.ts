import {
  Document,
  isAlias,
  isMap,
  isScalar,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { type ElementAddress, parseAddress } from '../design/design.ts';
import { type Written, writtenOut } from '../design/expand.ts';
import { Graph } from '../design/graph.ts';
import { type Section, sections } from '../kinds/registry.ts';
import type { Loaded } from './load.ts';

/**
 * The text of a design with its shorthand written out: the author's text and comments, and behind them each implied
 * element with a comment that names its shorthand. Meant to be read; a file that is being edited keeps its shorthand.
 */
export function expandedText({ text, design }: Loaded): string {
  if (!design) throw new Error('A text that is no design cannot be expanded.');
  const graph = Graph.of(design);
  const document = editable(text);
  for (const written of writtenOut(graph)) {
    if (!graph.origins.has(written.address)) writeField(document, written);
  }
  for (const [address, { address: owner, field, role }] of graph.origins) {
    const { section, id } = partsOf(address);
    const value = graph.design[section].get(id);
    const purpose = role === 'replay' ? ', for replays' : '';
    addElement(document, section, id, value, ` from ${field} of ${owner}${purpose}`);
  }
  return document.toString({ lineWidth: 0 });
}

/** The document of a text, with aliases written out: an element behind an alias could not be changed by itself. */
function editable(text: string): Document {
  const document: Document = parseDocument(text);
  let aliased = false;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) return undefined;
      aliased = true;
      return visit.BREAK;
    },
  });
  return aliased ? new Document(document.toJS()) : document;
}

/** Replaces a shorthand and says what stood there. */
function writeField(document: Document, { address, field, value }: Written): void {
  const { section, id } = partsOf(address);
  const element = document.getIn([section, id], true);
  if (!isMap(element)) return;
  const pair = element.items.find((item) => keyOf(item) === field);
  if (!pair) return;
  // A comment inside braces is hard to read, so what is changed stands in lines of its own.
  element.flow = false;
  sectionOf(document, section).flow = false;
  const before = pair.value as { toJSON?(): unknown } | null;
  pair.value = document.createNode(value, { flow: field === 'deadLetter' });
  const key = pair.key;
  if (isScalar(key)) key.commentBefore = joined(key.commentBefore, ` ${field}: ${JSON.stringify(before)}`);
}

function addElement(document: Document, section: Section, id: string, value: unknown, comment: string): void {
  const map = sectionOf(document, section);
  map.flow = false;
  const key = new Scalar(id);
  key.commentBefore = comment;
  map.items.push(document.createPair(key, value));
}

/** The map of a section; one that is missing is put where its order says. */
function sectionOf(document: Document, section: Section): YAMLMap {
  const present = document.get(section, true);
  if (isMap(present)) return present as YAMLMap;
  const map = document.createNode({}) as YAMLMap;
  const root = document.contents as unknown as YAMLMap;
  const pair = root.items.find((item) => keyOf(item) === section);
  if (pair) pair.value = map;
  else {
    const rank = (item: Pair): number => {
      const key = keyOf(item);
      return key === 'layout' ? sections.length : sections.indexOf(key as Section);
    };
    const next = root.items.findIndex((item) => rank(item) > sections.indexOf(section));
    root.items.splice(next < 0 ? root.items.length : next, 0, document.createPair(section, map));
  }
  return map;
}

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

const joined = (first: string | null | undefined, second: string): string =>
  first ? `${first}\n${second}` : second;

function partsOf(address: ElementAddress): { readonly section: Section; readonly id: string } {
  const parts = parseAddress(address);
  if (!parts) throw new Error(`${address} is not an address.`);
  return parts;
}
