import { basename } from 'node:path';
import { app, dialog } from 'electron';
import type { In } from '../../../core/contract/ipc.ts';
import { runGenerate } from '../generate/engine.ts';
import type { Handlers } from './register.ts';
import type { AppSession } from './session.ts';

type GenerateChannel = Extract<keyof Handlers, `generate.${string}`>;

export const generateHandlers = (session: AppSession): Pick<Handlers, GenerateChannel> => {
  const run = ({ doc, text, folder }: In<'generate.preview'>, write: boolean) =>
    runGenerate({
      text,
      design: session.documents.pathOf(doc),
      folder: folder === null ? null : session.folders.get(folder),
      generator: app.getVersion(),
      write,
    });
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
