import { basename, dirname, isAbsolute, join } from 'node:path';
import { app, dialog } from 'electron';
import type { DocToken, Out } from '../../../core/contract/ipc.ts';
import type { Handlers } from './register.ts';
import type { AppSession } from './session.ts';

type DesignChannel = Extract<keyof Handlers, `design.${string}` | `journal.${string}`>;

const filters = [
  { name: 'Brokerloom design', extensions: ['loom.yaml', 'loom.yml', 'yaml', 'yml'] },
  { name: 'All files', extensions: ['*'] },
];

export const designHandlers = (session: AppSession): Pick<Handlers, DesignChannel> => {
  const { documents } = session;

  const saveAs = async (doc: DocToken, text: string): Promise<Out<'design.saveAs'>> => {
    const path = documents.pathOf(doc);
    const folder = path === null ? app.getPath('documents') : dirname(path);
    const name = path === null ? documents.name(doc) : basename(path);
    const { filePath } = await dialog.showSaveDialog(session.window(), {
      defaultPath: join(folder, name),
      filters,
    });
    if (!filePath) return { status: 'cancelled' };
    const result = await documents.saveAs(doc, filePath, text);
    // The edits live on under the token of the new file.
    if (result.status === 'saved') session.dirty.delete(doc);
    return result;
  };

  return {
    'design.create': ({ name }) => documents.create(name),
    'design.open': async () => {
      const { filePaths } = await dialog.showOpenDialog(session.window(), {
        filters,
        properties: ['openFile'],
      });
      const path = filePaths[0];
      return path === undefined ? { status: 'cancelled' } : documents.open(documents.at(path));
    },
    'design.dropped': ({ path }) =>
      isAbsolute(path)
        ? documents.open(documents.at(path))
        : { status: 'failed', code: 'LOOM_PATH', reason: 'What was dropped is no file of this machine.' },
    'design.read': ({ doc }) => documents.open(doc),
    'design.save': ({ doc, text, baseHash }) =>
      documents.pathOf(doc) === null ? saveAs(doc, text) : documents.save(doc, text, baseHash),
    'design.saveAs': ({ doc, text }) => saveAs(doc, text),
    'journal.write': ({ doc, text, baseHash }) => documents.keep(doc, text, baseHash),
    'journal.read': async ({ doc }) => ({ recovered: await documents.unsaved(doc) }),
    'journal.discard': async ({ doc }) => {
      await documents.discard(doc);
      return {};
    },
  };
};
