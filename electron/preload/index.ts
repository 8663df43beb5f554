import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
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

/** All the page can reach of Electron: named functions over plain data. */
const api: HostApi = {
  appInfo: request('app.info'),
  appStart: request('app.start'),
  appOpenExternal: request('app.openExternal'),
  appSetDirty: request('app.setDirty'),
  appConfirmClose: request('app.confirmClose'),
  designCreate: request('design.create'),
  designOpen: request('design.open'),
  designRead: request('design.read'),
  designSave: request('design.save'),
  designSaveAs: request('design.saveAs'),
  journalWrite: request('journal.write'),
  journalRead: request('journal.read'),
  journalDiscard: request('journal.discard'),
  reviewConfig: request('review.config'),
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
