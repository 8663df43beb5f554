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
  'app.start': async () => ({
    initial: session.initial === null ? null : await session.documents.open(session.initial),
    unsaved: await session.documents.allUnsaved(),
    recent: await session.documents.recent(),
  }),
  'app.openExternal': async ({ url }) => ({ opened: await openExternal(url) }),
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
