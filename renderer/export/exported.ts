import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline';
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?inline';
import type { In } from '../../core/contract/ipc.ts';
import { Graph } from '../../core/design/graph.ts';
import { drawingOf } from '../../core/drawing/drawing.ts';
import type { Theme } from '../../core/drawing/svg/colors.ts';
import { fontFace } from '../../core/drawing/svg/fonts.ts';
import { svgOf } from '../../core/drawing/svg/svg.ts';
import { designDocument } from '../../core/export/document/document.ts';
import type { ExportFormat } from '../../core/export/formats.ts';
import { mermaidOf } from '../../core/export/mermaid.ts';
import { redacted } from '../../core/redact.ts';
import { checklistOf } from '../../core/review/checklist/checklist.ts';
import type { Shown } from '../store/state/document.ts';
import { pngOf } from './png.ts';

const fontFaces = fontFace('Inter Variable', inter) + fontFace('JetBrains Mono Variable', mono);

/** The theme of the window. */
const shownTheme = (): Theme =>
  document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark' ? 'dark' : 'light';

/**
 * What is shown of a design, in a form to hand on: all of the drawing with the places it has on the canvas. Documents are
 * in light colours, since they are read on white.
 * @param beside Name of the picture that a document can have beside it.
 */
export async function exported(
  shown: Shown,
  format: ExportFormat,
  beside: string | null,
  signal: AbortSignal,
): Promise<Pick<In<'export.write'>, 'content' | 'encoding' | 'picture'>> {
  const graph = shown.graph ?? Graph.of(must(shown.lastValid?.design));
  const drawing = drawingOf(graph, shown.scene, shown.positions);
  const svg = (theme: Theme): string => redacted(svgOf(drawing, { theme, fontFaces }));
  const text = (content: string, picture: string | null = null) =>
    ({ content, encoding: 'utf8', picture }) as const;
  switch (format) {
    case 'svg':
      return text(svg(shownTheme()));
    case 'png':
      return { content: await pngOf(svg(shownTheme()), signal), encoding: 'base64', picture: null };
    case 'mermaid':
      return text(redacted(mermaidOf(drawing)));
    case 'markdown': {
      const { design, source } = must(shown.lastValid);
      const subject = { design: must(design), source: must(source), graph };
      const content = designDocument({
        design: subject.design,
        checklist: checklistOf(subject, must(shown.report), shown.options),
        picture: beside === null ? { mermaid: redacted(mermaidOf(drawing)) } : { file: beside },
      });
      return text(content, beside === null ? null : svg('light'));
    }
  }
}

/** What a valid design has. */
function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The text is not a design at the moment. Repair it first.');
  return value;
}
