import { basename, dirname } from 'node:path';
import { dialog } from 'electron';
import type { In } from '../../../core/contract/ipc.ts';
import { engine } from '../generate/engine.ts';
import type { Handlers } from './register.ts';
import type { AppSession } from './session.ts';

type GenerateChannel = Extract<keyof Handlers, `generate.${string}`>;

export const generateHandlers = (session: AppSession): Pick<Handlers, GenerateChannel> => {
  const run = ({ doc, text, folder }: In<'generate.write'>, write: boolean) => {
    const path = session.documents.pathOf(doc);
    return engine.run({
      text,
      sourceName: session.documents.name(doc),
      sourceFolder: path === null ? null : dirname(path),
      folder: session.folders.get(folder),
      write,
    });
  };
  return {
    'generate.pickFolder': async () => {
      const { filePaths } = await dialog.showOpenDialog(session.window(), {
        title: 'Generate into a folder',
        buttonLabel: 'Use this folder',
        properties: ['openDirectory', 'createDirectory'],
      });
      const path = filePaths[0];
      if (path === undefined) return { status: 'cancelled' };
      return { status: 'picked', folder: session.folders.add(path), name: basename(path) };
    },
    'generate.preview': (input) => run(input, false),
    'generate.write': (input) => run(input, true),
  };
};
