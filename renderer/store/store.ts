import { createContext, useContext } from 'react';
import { createStore, type StateCreator, useStore } from 'zustand';
import type { Host } from '../host/host.ts';
import { type DocumentSlice, documentSlice } from './slices/document.ts';
import { type FilesSlice, filesSlice } from './slices/files.ts';
import { type GenerateSlice, generateSlice } from './slices/generate.ts';
import { type SelectionSlice, selectionSlice } from './slices/selection.ts';
import { type ViewSlice, viewSlice } from './slices/view.ts';

export type AppState = DocumentSlice & SelectionSlice & ViewSlice & FilesSlice & GenerateSlice;
/** A part of the state with its actions; it may use all others. */
export type Slice<T> = StateCreator<AppState, [], [], T>;
export type AppStore = ReturnType<typeof createAppStore>;

/** The state of one window. */
export const createAppStore = (host: Host) =>
  createStore<AppState>()((...args) => ({
    ...documentSlice(...args),
    ...selectionSlice(...args),
    ...viewSlice(...args),
    ...filesSlice(host)(...args),
    ...generateSlice(host)(...args),
  }));

export const StoreContext = createContext<AppStore | undefined>(undefined);

export function useAppStore(): AppStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('StoreContext is missing');
  return store;
}

/** A part of the state; the component renders again when it changes. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(useAppStore(), select);
