import type { StateCreator } from 'zustand';
import type { ConfigSlice } from './state/config.ts';
import type { ConnectingSlice } from './state/connecting.ts';
import type { DocumentSlice } from './state/document.ts';
import type { ExportSlice } from './state/export.ts';
import type { FilesSlice } from './state/files.ts';
import type { GenerateSlice } from './state/generate.ts';
import type { SelectionSlice } from './state/selection.ts';
import type { ViewSlice } from './state/view.ts';

/** Everything that a window knows, and what can be done to it. */
export type AppState = DocumentSlice &
  SelectionSlice &
  ConnectingSlice &
  ViewSlice &
  FilesSlice &
  ConfigSlice &
  ExportSlice &
  GenerateSlice;

/** A part of the state with its actions; it may use all others. */
export type Slice<T> = StateCreator<AppState, [], [], T>;
