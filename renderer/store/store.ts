import { createContext, useContext } from 'react';
import { createStore, useStore } from 'zustand';
import type { Host } from '../host/host.ts';
import { configSlice } from './slices/config.ts';
import { connectingSlice } from './slices/connecting.ts';
import { documentSlice } from './slices/document.ts';
import { exportSlice } from './slices/export.ts';
import { filesSlice } from './slices/files.ts';
import { generateSlice } from './slices/generate.ts';
import { selectionSlice } from './slices/selection.ts';
import { viewSlice } from './slices/view.ts';
import type { AppState } from './state.ts';

export type AppStore = ReturnType<typeof createAppStore>;

/** The state of one window. */
export const createAppStore = (host: Host) =>
  createStore<AppState>()((...args) => ({
    ...documentSlice(...args),
    ...selectionSlice(...args),
    ...connectingSlice(...args),
    ...viewSlice(...args),
    ...filesSlice(host)(...args),
    ...configSlice(host)(...args),
    ...exportSlice(host)(...args),
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
