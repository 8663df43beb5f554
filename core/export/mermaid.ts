import type { Drawing } from '../drawing/drawing.ts';
import type { LinkKind, SceneLink } from '../drawing/links.ts';
import type { SceneNode } from '../drawing/scene.ts';
import type { DrawnShape } from '../drawing/shapes.ts';
import { palettes } from '../drawing/svg/colors.ts';
import { type BrokerKind, brokerLabels } from '../kinds/brokers.ts';

/** Brackets that make a shape. https://mermaid.js.org/syntax/flowchart.html#node-shapes */
const brackets = {
  producer: ['>', ']'],
  consumer: ['(', ')'],
  exchange: ['([', '])'],
  queue: ['[(', ')]'],
  topic: ['{{', '}}'],
  stream: ['[[', ']]'],
  deadLetter: ['[(', ')]'],
  delay: ['([', '])'],
} as const satisfies Record<Exclude<DrawnShape, 'note'>, readonly [string, string]>;

const arrows = {
  publish: '-->',
  binding: '-->',
  consume: '-->',
  deadLetter: '-.->',
  alternate: '-.->',
  retry: '-.->',
} as const satisfies Record<LinkKind, string>;

/** The drawing as a Mermaid flowchart, which GitHub, GitLab and many editors show. It has no places; notes are left out. */
export function mermaidOf({ scene, groups }: Drawing): string {
  const nodes = scene.nodes.filter((node): node is Drawn => node.shape !== 'note');
  const names = new Map(nodes.map(({ address }, index) => [address, `n${index}`]));
  const line = (node: Drawn): string => {
    const [open, close] = brackets[node.shape];
    const label = node.shape === 'delay' ? quoted(node.name) : `${quoted(node.id)}<br/>${quoted(node.facts)}`;
    return `${names.get(node.address)}${open}"${label}"${close}`;
  };
  const inGroup = (broker: string | undefined): Drawn[] => nodes.filter((node) => node.broker === broker);
  const links = scene.links.flatMap((link) => {
    const [from, to] = [names.get(link.from), names.get(link.to)];
    return from && to ? [`  ${from} ${arrows[link.kind]}${labelOf(link)} ${to}`] : [];
  });
  return `${[
    'flowchart LR',
    ...inGroup(undefined).map((node) => `  ${line(node)}`),
    ...groups.flatMap(({ id, kind }, index) => [
      `  subgraph b${index}["${quoted(id)} · ${brokerLabels[kind]}"]`,
      ...inGroup(id).map((node) => `    ${line(node)}`),
      '  end',
    ]),
    ...links,
    ...styles(nodes, names),
  ].join('\n')}\n`;
}

type Drawn = SceneNode & { readonly shape: keyof typeof brackets };

const labelOf = ({ label }: SceneLink): string => (label === undefined ? '' : `|"${quoted(label)}"|`);

/** Text inside quotes; what means something to Mermaid is written as an entity. https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
const quoted = (text: string): string =>
  text.replace(/[#"<>&`\\]/g, (character) => `#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');

/** Borders in the colours of the brokers, as on the canvas; dead letters are red and dashed. */
function styles(nodes: readonly Drawn[], names: ReadonlyMap<string, string>): string[] {
  const members = new Map<BrokerKind | 'deadLetter', string[]>();
  for (const { address, brokerKind, shape } of nodes) {
    const style = shape === 'deadLetter' ? shape : brokerKind;
    const name = names.get(address);
    if (style && name) members.set(style, [...(members.get(style) ?? []), name]);
  }
  return [...members].flatMap(([style, of]) => [
    style === 'deadLetter'
      ? `  classDef ${style} stroke:${palettes.light.err},stroke-dasharray:5 3`
      : `  classDef ${style} stroke:${palettes.light[style]},stroke-width:2px`,
    `  class ${of.join(',')} ${style}`,
  ]);
}
