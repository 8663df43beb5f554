const pages = import.meta.glob<string>('../../docs/rules/*/*.md', { query: '?raw', import: 'default' });

/** A part of a page, under one heading. */
export interface PagePart {
  readonly title: string;
  /** Paragraphs and blocks of code, in their order. */
  readonly blocks: readonly { readonly code: boolean; readonly text: string }[];
}

/** What the meta data of a rule say already. */
const KNOWN = new Set(['What it looks at', 'Which outage it prevents', 'Sources']);

/** The examples and options on the page of a rule; empty for one without a page. */
export async function pageOf(rule: string): Promise<readonly PagePart[]> {
  const read = pages[`../../docs/rules/${rule}.md`];
  return read ? partsOf(await read()) : [];
}

/** Parts of a page by its second headings. */
export function partsOf(markdown: string): readonly PagePart[] {
  const [, ...parts] = markdown.split(/^## /m);
  return parts.flatMap((part) => {
    const [title = '', ...lines] = part.split('\n');
    if (KNOWN.has(title)) return [];
    const blocks = lines
      .join('\n')
      .split(/^```\w*\n([\s\S]*?)^```$/m)
      .map((text, index) => ({ code: index % 2 === 1, text: text.trim() }))
      .filter(({ text }) => text !== '');
    return [{ title, blocks }];
  });
}
