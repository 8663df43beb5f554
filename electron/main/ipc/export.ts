import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { app, dialog } from 'electron';
import type { Failed } from '../../../core/contract/ipc.ts';
import { exportFormats, exportName } from '../../../core/export/formats.ts';
import { type FileProblem, writeAtomic } from '../../../disk/index.ts';
import { folderLabel } from '../files/documents.ts';
import type { Handlers } from './register.ts';
import type { AppSession } from './session.ts';

type ExportChannel = Extract<keyof Handlers, `export.${string}`>;

export const exportHandlers = (session: AppSession): Pick<Handlers, ExportChannel> => ({
  'export.pick': async ({ doc, format }) => {
    const design = session.documents.pathOf(doc);
    const { label, extension } = exportFormats[format];
    const folder = design === null ? app.getPath('documents') : dirname(design);
    const { filePath } = await dialog.showSaveDialog(session.window(), {
      title: `Export as ${label}`,
      buttonLabel: 'Export',
      defaultPath: join(folder, exportName(session.documents.name(doc), format)),
      filters: [{ name: label, extensions: [extension] }],
    });
    if (!filePath) return { status: 'cancelled' };
    const path = extname(filePath) === '' ? `${filePath}.${extension}` : filePath;
    const picture = format === 'markdown' ? `${path.slice(0, -extname(path).length)}.svg` : null;
    // The system's dialog asked about the document alone.
    if (picture !== null && existsSync(picture) && !(await mayReplace(session, picture)))
      return { status: 'cancelled' };
    return {
      status: 'picked',
      target: session.exports.add({ path, picture }),
      beside: picture && basename(picture),
    };
  },
  'export.write': async ({ target, content, encoding, picture }) => {
    const { path, picture: beside } = session.exports.take(target);
    if (picture !== null && beside !== null) {
      const written = await writeAtomic(beside, picture);
      if (!written.ok) return failure(written.error, basename(beside));
    }
    const written = await writeAtomic(path, Buffer.from(content, encoding));
    if (!written.ok) return failure(written.error, basename(path));
    return { status: 'saved', name: basename(path), folder: folderLabel(path) };
  },
});

async function mayReplace(session: AppSession, path: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(session.window(), {
    type: 'question',
    message: `${basename(path)} is there already.`,
    detail: 'The picture of the document goes there.',
    buttons: ['Replace', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

const failure = ({ code, message, hint }: FileProblem, name: string): Failed => ({
  status: 'failed',
  code,
  reason: [`${name}: ${message}`, 'The design is as it was; export it to another place.', hint]
    .filter(Boolean)
    .join(' '),
});
