import type { FolderToken, GenerateChange, GenerateProblem } from '../../../core/contract/ipc.ts';

/** How far generating has come. */
export type GenerateState =
  | { readonly step: 'idle' }
  | { readonly step: 'working'; readonly doing: string }
  | { readonly step: 'preview'; readonly changes: readonly GenerateChange[] }
  | { readonly step: 'written'; readonly changes: readonly GenerateChange[] }
  | { readonly step: 'problems'; readonly problems: readonly GenerateProblem[] };

export interface GenerateSlice {
  readonly folder: { readonly token: FolderToken; readonly name: string } | undefined;
  readonly generation: GenerateState;
  /** Asks for the folder, then shows what would be written. */
  pickFolder(): Promise<void>;
  preview(): Promise<void>;
  write(): Promise<void>;
}
