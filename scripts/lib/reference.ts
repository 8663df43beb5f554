import type { Attributes, Part, Parts } from '../../core/kinds/attribute.ts';
import { type BrokerKind, brokerLabels } from '../../core/kinds/brokers.ts';
import { designAttributes } from '../../core/kinds/design/index.ts';
import { kinds } from '../../core/kinds/registry.ts';

interface Page {
  readonly id: string;
  /** How elements of the kind stand in a design file. */
  readonly place: string;
  readonly title: string;
  readonly doc: string;
  readonly attributes: Attributes;
}

const designPage: Page = {
  id: 'design',
  place: '`design:`, once',
  title: 'Design',
  doc: 'The design as a whole.',
  attributes: designAttributes,
};

const pages: readonly Page[] = [
  designPage,
  ...Object.values(kinds).map(({ id, section, title, doc, attributes }) => ({
    id,
    place: `\`${section}:\`, by id`,
    title,
    doc,
    attributes,
  })),
];

/** The pages of `docs/reference`, text by file name: one for each kind, and an index. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', index()],
    ...pages.map((page) => [`${page.id}.md`, pageText(page)] as const),
  ]);
}

function index(): string {
  const rows = pages.map(
    ({ id, place, title, doc, attributes }) =>
      `| [${title}](${id}.md) | ${place} | ${Object.keys(attributes).length} | ${cell(doc)} |`,
  );
  return `# Reference

What a design file may hold: one page for each kind of element, one row for each attribute. Made from \`core/kinds\` by
\`npm run reference\`; a test fails while it is not current.

| Kind | Section | Attributes | What it is |
|---|---|---|---|
${rows.join('\n')}

## How to read a page

- An attribute is optional unless its default says *required*. A missing attribute stays missing in the file: the default
  is what the generator uses, and why.
- *Brokers* are those on which the attribute means something. Used on another, it is the finding
  [document/attribute-not-for-broker](../rules/document/attribute-not-for-broker.md).
- A *channel* is an exchange, queue, topic or stream; their ids are unique across the four sections.
- \`share.lockDuration\` is a key of the object \`share\`; \`externalCalls[].name\` a key of each object in a list.
- Durations are written \`500ms\`, \`30s\`, \`5m\`, \`4h\`, \`14d\`, \`2w\`; sizes \`512B\`, \`16KiB\`, \`1MiB\`; rates \`1000/s\`, \`5/m\`.
`;
}

function pageText({ title, doc, place, attributes }: Page): string {
  const groups = new Map<string, string[]>();
  for (const [name, attribute] of Object.entries(attributes)) {
    const rows = groups.get(attribute.group) ?? [];
    groups.set(attribute.group, [...rows, ...rowsOf(name, attribute, attribute.brokers)]);
  }
  const tables = [...groups].map(
    ([group, rows]) => `## ${group}

| Attribute | Type | Default | Brokers | Meaning |
|---|---|---|---|---|
${rows.join('\n')}
`,
  );
  return `# ${title}

${doc}

In a design file: ${place}.

${tables.join('\n')}`;
}

/** The row of an attribute, and those of its parts. */
function rowsOf(name: string, part: Part, brokers: readonly BrokerKind[] | undefined): string[] {
  const source = part.source === undefined ? '' : ` [source](${part.source})`;
  const cells = [
    `\`${name}\``,
    typeOf(part),
    defaultOf(part),
    brokersOf(brokers),
    `${cell(part.doc)}${source}`,
  ];
  const below = (parts: Parts, prefix: string): string[] =>
    Object.entries(parts).flatMap(([key, inner]) =>
      rowsOf(`${prefix}.${key}`, inner, inner.brokers ?? brokers),
    );
  return [
    `| ${cells.join(' | ')} |`,
    ...below(part.parts ?? {}, name),
    ...below(part.items ?? {}, `${name}[]`),
  ];
}

function typeOf(part: Part): string {
  if (part.form !== undefined) return cell(part.form);
  const { editor } = part;
  switch (editor.type) {
    case 'enum':
      return editor.values.map((value) => `\`${value}\`${onlyOn(part.valueBrokers?.[value])}`).join(', ');
    case 'ref':
      return editor.to === 'channels' ? 'id of a channel' : `id in \`${editor.to}\``;
    case 'refs':
      return `list of ids in \`${editor.to}\``;
    case 'list':
      return part.items ? 'list of objects' : 'list of text';
    case 'integer':
    case 'number':
      return [`${editor.type}${boundsOf(part)}`, ...(part.unit === undefined ? [] : [part.unit])].join(', ');
    default:
      return editor.type;
  }
}

const boundsOf = ({ min = 0, max }: Part): string => (max === undefined ? ` ≥ ${min}` : ` ${min} to ${max}`);

const onlyOn = (brokers: readonly BrokerKind[] | undefined): string =>
  brokers ? ` (${brokersOf(brokers)})` : '';

const brokersOf = (brokers: readonly BrokerKind[] | undefined): string =>
  brokers ? brokers.map((kind) => brokerLabels[kind]).join(', ') : 'all';

function defaultOf({ required, default: standard }: Part): string {
  if (required) return '*required*';
  if (standard === undefined) return '–';
  const { value, why } = standard;
  const text = typeof value === 'string' ? value : `\`${JSON.stringify(value)}\``;
  return cell(`${text}: ${why}`);
}

/** Text as it may stand in a cell of a table. */
const cell = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((piece) => (piece.startsWith('`') ? piece : piece.replace(/[<*#]/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');
