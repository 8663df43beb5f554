import type { Design } from '../../design/design.ts';
import { kinds } from '../../kinds/registry.ts';
import { redactedIn } from '../../redact.ts';
import type { Answer, Checklist } from '../../review/checklist/checklist.ts';
import { countsText, stateLabels } from '../../review/checklist/formats/format.ts';
import { code, escaped } from '../../review/formats/markdown.ts';
import { chapters, columns } from './columns.ts';
import { contracts } from './contracts.ts';
import { table, valueText } from './table.ts';

export interface DocumentParts {
  /** As written: without what a shorthand implies. */
  readonly design: Design;
  readonly checklist: Checklist;
  /** A file beside the document to show, or the text of a Mermaid flowchart. */
  readonly picture: { readonly file: string } | { readonly mermaid: string };
}

/**
 * A design as a Markdown document for people: picture, tables of elements, checklist and contracts of the messages. It
 * holds what the file holds; passwords are taken out.
 */
export function designDocument({ design: given, checklist, picture }: DocumentParts): string {
  const design = redactedIn(given);
  const { name, version, description, environment } = design.design;
  const facts = [
    version && `Version ${escaped(version)}`,
    environment && `environment ${escaped(environment)}`,
  ];
  return `${[
    `# ${escaped(String(name ?? 'Design'))}`,
    ...(description ? [escaped(description)] : []),
    ...(facts.some(Boolean) ? [facts.filter(Boolean).join(', ')] : []),
    'file' in picture
      ? `![Drawing of ${escaped(String(name ?? 'the design'))}](${encodeURI(picture.file)})`
      : `\`\`\`mermaid\n${picture.mermaid.trimEnd()}\n\`\`\``,
    ...notes(design),
    ...chapters.flatMap(({ title, sections }) => {
      const tables = sections.flatMap((section) => sectionTable(design, section, sections.length > 1));
      return tables.length > 0 ? [`## ${title}`, ...tables] : [];
    }),
    ...contracts(design),
    ...answers(checklist),
  ].join('\n\n')}\n`;
}

/** What people wrote on the canvas; Markdown already, but for HTML. */
const notes = (design: Design): string[] =>
  [...design.notes.values()].map(({ text }) =>
    text
      .trim()
      .replaceAll('<', '&lt;')
      .split('\n')
      .map((line) => `> ${line}`.trimEnd())
      .join('\n'),
  );

function sectionTable(design: Design, section: keyof typeof columns, titled: boolean): string[] {
  const rows = [...(design[section] as ReadonlyMap<string, Readonly<Record<string, unknown>>>)];
  if (rows.length === 0) return [];
  const shown = columns[section].filter((key) => rows.some(([, value]) => value[key] !== undefined));
  return [
    ...(titled ? [`### ${kinds[section].title.replace(/y$/, 'ie')}s`] : []),
    table(
      [kinds[section].title, ...shown.map(heading)],
      rows.map(([id, value]) => [code(id), ...shown.map((key) => valueText(value[key]))]),
    ),
  ];
}

/** `alternateExchange` → Alternate exchange */
const heading = (key: string): string => {
  if (key === 'ttl') return 'TTL';
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

function answers(checklist: Checklist): string[] {
  const asked = checklist.answers.filter(({ state }) => state !== 'n/a');
  return [
    '## Checklist',
    `${countsText(checklist)}.`,
    table(
      ['', 'Question', 'Answer', 'Why'],
      asked.map((answer) => [
        String(answer.number),
        escaped(answer.question.title),
        stateLabels[answer.state],
        reasons(answer),
      ]),
    ),
  ];
}

/** What keeps an answer from being a pass. */
function reasons({ evidence: { findings, waived, open } }: Answer): string {
  return [
    ...findings.map(({ message, ruleId }) => `${escaped(message)} ${code(ruleId)}`),
    ...waived.map(({ finding, reason }) => `Waived: ${escaped(finding.message)} ${escaped(reason)}`),
    ...open.map(({ attribute, element }) => `Not stated: ${code(attribute)} of ${code(element)}`),
  ].join('<br>');
}
