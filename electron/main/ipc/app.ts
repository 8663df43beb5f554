import { app } from 'electron';
import { openExternal } from '../harden.ts';
import type { Handlers } from './register.ts';
import type { AppSession } from './session.ts';

type AppChannel = Extract<keyof Handlers, `app.${string}`>;

export const appHandlers = (session: AppSession): Pick<Handlers, AppChannel> => ({
  'app.info': () => ({
    kind: 'desktop',
    version: app.getVersion(),
    platform: process.platform,
    runtime: {
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
    },
  }),
  'app.start': async () => {
    const unsaved = await session.documents.allUnsaved();
    const first = session.initial ?? unsaved[0]?.doc;
    return {
      initial: first === undefined ? null : await session.documents.open(first),
      unsaved,
      recent: await session.documents.recent(),
    };
  },
  'app.openExternal': async ({ url }) => ({ opened: await openExternal(url) }),
  'app.forgetRecent': async ({ doc }) => {
    await session.documents.forget(doc);
    return { recent: await session.documents.recent() };
  },
  'app.setDirty': ({ doc, dirty }) => {
    session.documents.name(doc);
    if (dirty) session.dirty.add(doc);
    else session.dirty.delete(doc);
    return {};
  },
  'app.confirmClose': ({ saved }) => {
    if (saved) {
      session.dirty.clear();
      session.window().close();
    }
    return {};
  },
});
