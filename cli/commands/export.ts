import { basename } from 'node:path';
import { Graph } from '../../core/design/graph.ts';
import { drawingOf } from '../../core/drawing/drawing.ts';
import type { Theme } from '../../core/drawing/svg/colors.ts';
import { svgOf } from '../../core/drawing/svg/svg.ts';
import { designDocument } from '../../core/export/document/document.ts';
import type { ExportFormat } from '../../core/export/formats.ts';
import { mermaidOf } from '../../core/export/mermaid.ts';
import { redacted } from '../../core/redact.ts';
import { checklistOf } from '../../core/review/checklist/checklist.ts';
import { review } from '../../core/review/review.ts';
import { writeAtomic } from '../../disk/index.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, visible } from '../io.ts';
import { type OpenDesign, openDesign } from '../open.ts';
import { Settings } from '../review/settings.ts';

interface Options {
  readonly to: Exclude<ExportFormat, 'png'>;
  readonly out?: string;
  readonly theme: Theme;
  readonly config?: string;
}

/** Writes a design as a picture or a document, to a file or to standard output. */
export async function run(io: Io, file: string, { to, out, theme, config }: Options): Promise<Exit> {
  const opened = await openDesign(file);
  if (!opened.ok) return io.fail(opened.error);
  const graph = Graph.of(opened.value.design);
  const drawing = drawingOf(graph);
  const svg = async (): Promise<string> =>
    svgOf(drawing, { theme, fontFaces: (await import('../fonts.ts')).fontFaces });
  if (to !== 'markdown')
    return deliver(io, out, [[out, redacted(to === 'svg' ? await svg() : mermaidOf(drawing))]]);
  const options = await new Settings(config).optionsFor(file);
  if (!options.ok) return io.fail(options.error);
  const subject: OpenDesign = opened.value;
  const checklist = checklistOf({ ...subject, graph }, review(subject, options.value), options.value);
  // Standard output is one text: the picture then is part of it.
  const picture = out && `${out.replace(/\.md$/, '')}.svg`;
  return deliver(io, out, [
    [
      out,
      designDocument({
        design: subject.design,
        checklist,
        picture: picture ? { file: basename(picture) } : { mermaid: redacted(mermaidOf(drawing)) },
      }),
    ],
    ...(picture ? [[picture, redacted(await svg())] as const] : []),
  ]);
}

/** @param files What goes where; a text without a place is printed. */
async function deliver(
  io: Io,
  out: string | undefined,
  files: readonly (readonly [path: string | undefined, text: string])[],
): Promise<Exit> {
  for (const [path, text] of files) {
    if (path === undefined) {
      io.result(text);
      continue;
    }
    const written = await writeAtomic(path, text);
    if (!written.ok) return io.fail([written.error]);
    io.note(`Wrote ${visible(path)}.`);
  }
  if (io.json && out !== undefined) io.document({ files: files.map(([path]) => path) });
  return exit.ok;
}
