import type { FolderToken, GenerateChange, GenerateProblem } from '../../../core/contract/ipc.ts';

/** How far generating has come. */
export type GenerateState =
  | { readonly step: 'idle' }
  | {
      readonly step: 'working';
      readonly doing: string;
      /** Gives up waiting for it; missing = files are being written, which is not left half done. */
      readonly cancel: (() => void) | undefined;
    }
  | {
      readonly step: 'preview';
      readonly changes: readonly GenerateChange[];
      /** Text of the design that it is about. */
      readonly text: string;
      /** What it was compared with; missing = an empty folder. */
      readonly folder: string | undefined;
    }
  | {
      readonly step: 'written';
      readonly changes: readonly GenerateChange[];
      readonly text: string;
      readonly folder: string | undefined;
    }
  | { readonly step: 'problems'; readonly problems: readonly GenerateProblem[] };

export interface GenerateSlice {
  readonly folder: { readonly token: FolderToken; readonly name: string } | undefined;
  readonly generation: GenerateState;
  /** Asks for the folder, then shows what would be written. */
  pickFolder(): Promise<void>;
  /** Shows what would be written to the folder; without one, to an empty folder. */
  preview(): Promise<void>;
  write(): Promise<void>;
  /** Forgets the folder and what was generated: they were those of another design. */
  forgetGenerated(): void;
}
