import { widthOf } from '../svg/text.ts';
import type { Block, Inline } from './markdown.ts';

/** Words that are set alike. */
export interface Run {
  readonly text: string;
  readonly strong?: true;
  readonly emphasis?: true;
  readonly code?: true;
  readonly link?: true;
}

/** A line of a note as it is set. */
export interface NoteLine {
  readonly runs: readonly Run[];
  /** Size of the type, in px. */
  readonly size: number;
  /** From the left of the text, in px. */
  readonly indent: number;
  /** Room above the line, in px. */
  readonly above: number;
}

const TEXT = 11.5;
const headings = [15, 13.5, 12.5] as const;
const INDENT = 14;
/** Room between blocks, in px. */
const GAP = 5;

type Style = Omit<Run, 'text'>;

/** Breaks a note into the lines that it takes at a width, in px. Widths are estimated, so lines may be a little short. */
export function linesOf(blocks: readonly Block[], width: number): readonly NoteLine[] {
  const lines: NoteLine[] = [];
  const add = (parts: readonly Inline[], size: number, indent: number, style: Style, mark?: string): void => {
    const room = Math.max(24, width - indent);
    let runs: Run[] = [];
    let used = 0;
    let first = true;
    const end = (): void => {
      const marked = first && mark ? [{ text: mark }] : [];
      lines.push({
        runs: [...marked, ...runs],
        size,
        indent: marked.length > 0 ? indent - INDENT : indent,
        above: first && lines.length > 0 ? GAP : 0,
      });
      first = false;
      runs = [];
      used = 0;
    };
    for (const run of runsOf(parts, style)) {
      if (run === 'break') {
        end();
        continue;
      }
      for (const word of run.text.split(/(?<=\s)/)) {
        const long = runWidth(word, run, size);
        if (used > 0 && used + runWidth(word.trimEnd(), run, size) > room) end();
        const last = runs.at(-1);
        if (last && sameStyle(last, run)) runs[runs.length - 1] = { ...last, text: last.text + word };
        else runs.push({ ...run, text: word });
        used += long;
      }
    }
    if (runs.length > 0 || first) end();
  };
  const walk = (all: readonly Block[], indent: number, style: Style, mark?: string): void => {
    for (const [index, block] of all.entries()) {
      const own = index === 0 ? mark : undefined;
      if (block.kind === 'paragraph') add(block.parts, TEXT, indent, style, own);
      else if (block.kind === 'heading')
        add(block.parts, headings[block.depth - 1] ?? headings[2], indent, { ...style, strong: true }, own);
      else if (block.kind === 'quote') walk(block.blocks, indent + INDENT, { ...style, emphasis: true }, own);
      else if (block.kind === 'code')
        for (const text of block.text.split('\n')) add([{ kind: 'code', text }], TEXT, indent, style, own);
      else if (block.kind === 'list')
        for (const [at, item] of block.items.entries())
          walk(item, indent + INDENT, style, block.start === undefined ? '•  ' : `${block.start + at}. `);
      else add([{ kind: 'text', text: '———' }], TEXT, indent, style, own);
    }
  };
  walk(blocks, 0, {});
  return lines;
}

const sameStyle = (a: Run, b: Run): boolean =>
  a.strong === b.strong && a.emphasis === b.emphasis && a.code === b.code && a.link === b.link;

const runWidth = (text: string, { code, strong }: Run, size: number): number =>
  widthOf(text, { size, mono: code ?? false, weight: strong ? 600 : 400 });

function runsOf(parts: readonly Inline[], style: Style): readonly (Run | 'break')[] {
  return parts.flatMap((part): readonly (Run | 'break')[] => {
    if (part.kind === 'break') return ['break'];
    // A line break in the source of a paragraph is a space, as in any Markdown.
    if (part.kind === 'text') return [{ ...style, text: part.text.replace(/\s*\n\s*/g, ' ') }];
    if (part.kind === 'code') return [{ ...style, text: part.text, code: true }];
    return runsOf(part.parts, { ...style, [part.kind]: true });
  });
}
