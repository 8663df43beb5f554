import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { Channel, EventChannel, HostApi, In, Out, Payload } from '../../core/contract/ipc.ts';

const request =
  <C extends Channel>(channel: C) =>
  (input: In<C>): Promise<Out<C>> =>
    ipcRenderer.invoke(channel, input);

const subscribe =
  <C extends EventChannel>(channel: C) =>
  (listener: (event: Payload<C>) => void): (() => void) => {
    // Electron's own event object carries the sender and must not reach the page.
    const forward = (_event: IpcRendererEvent, payload: Payload<C>) => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => void ipcRenderer.off(channel, forward);
  };

/**
 * Where a dropped file is; empty for one that a script made up, and before Electron 32, which has no way to ask that a
 * script could not deceive.
 */
const pathOf = (file: File): string => webUtils?.getPathForFile(file) ?? '';

const notAFile = {
  status: 'failed',
  code: 'LOOM_PATH',
  reason: 'What was dropped is no file of this machine. Save it first, then open it.',
} as const;

/** All the page can reach of Electron: named functions over plain data. */
const api: Omit<HostApi, 'designDropped'> & {
  readonly designDropped: (file: File) => Promise<Out<'design.dropped'>>;
} = {
  appInfo: request('app.info'),
  appStart: request('app.start'),
  appOpenExternal: request('app.openExternal'),
  appForgetRecent: request('app.forgetRecent'),
  appSetDirty: request('app.setDirty'),
  appConfirmClose: request('app.confirmClose'),
  designCreate: request('design.create'),
  designOpen: request('design.open'),
  designDropped: async (file) => {
    if (!(file instanceof File)) throw new Error('LOOM_IPC_INPUT What was dropped is no file.');
    const path = pathOf(file);
    return path === '' ? notAFile : request('design.dropped')({ path });
  },
  designRead: request('design.read'),
  designSave: request('design.save'),
  designSaveAs: request('design.saveAs'),
  journalWrite: request('journal.write'),
  journalRead: request('journal.read'),
  journalDiscard: request('journal.discard'),
  reviewConfig: request('review.config'),
  exportPick: request('export.pick'),
  exportWrite: request('export.write'),
  generatePickFolder: request('generate.pickFolder'),
  generatePreview: request('generate.preview'),
  generateWrite: request('generate.write'),
  onDesignChangedOnDisk: subscribe('design.changedOnDisk'),
  onReviewConfigChanged: subscribe('review.configChanged'),
  onDesignOpenRequested: subscribe('design.openRequested'),
  onAppSaveRequested: subscribe('app.saveRequested'),
  onAppMenuCommand: subscribe('app.menuCommand'),
};

contextBridge.exposeInMainWorld('brokerloom', api);
